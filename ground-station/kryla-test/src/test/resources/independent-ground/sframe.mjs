// Frames of RFC 9605, cipher suite 5, and the ratchet of protocol.md §5.2.
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

const SUITE = 5;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const WINDOW = 1024n;

const hkdf = (base, info, length) => Buffer.from(hkdfSync("sha512", base, "", info, length));

/** RFC 9605 §4.4.2. */
export function keysOf(baseKey, kid) {
  const label = (name) => {
    const suffix = Buffer.alloc(10);
    suffix.writeBigUInt64BE(kid, 0);
    suffix.writeUInt16BE(SUITE, 8);
    return Buffer.concat([Buffer.from(`SFrame 1.0 Secret ${name} `), suffix]);
  };
  return { key: hkdf(baseKey, label("key"), KEY_BYTES), salt: hkdf(baseKey, label("salt"), NONCE_BYTES) };
}

/** RFC 9605 §5.1: the base key of the next step. */
export const nextBaseKey = (baseKey) => hkdf(baseKey, "SFrame 1.0 Ratchet", 64);

/** RFC 9605 §4.3; undefined unless it is complete and shortest. */
export function header(frame) {
  if (frame.length < 1) return undefined;
  let at = 1;
  const field = (nibble) => {
    if ((nibble & 8) === 0) return BigInt(nibble);
    const length = (nibble & 7) + 1;
    if (at + length > frame.length) return undefined;
    const value = BigInt("0x" + frame.subarray(at, at + length).toString("hex"));
    at += length;
    const shortest = length === 1 ? value >= 8n : value >= 1n << BigInt(8 * (length - 1));
    return shortest ? value : undefined;
  };
  const kid = field(frame[0] >> 4);
  const counter = kid === undefined ? undefined : field(frame[0] & 15);
  return counter === undefined ? undefined : { kid, counter, length: at };
}

function headerOf(kid, counter) {
  const parts = [kid, counter].map((value) => {
    if (value < 8n) return { nibble: Number(value), bytes: Buffer.alloc(0) };
    const hex = value.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
    return { nibble: 8 | (bytes.length - 1), bytes };
  });
  return Buffer.concat([Buffer.from([(parts[0].nibble << 4) | parts[1].nibble]), parts[0].bytes, parts[1].bytes]);
}

function nonceOf(salt, counter) {
  const nonce = Buffer.from(salt);
  for (let i = NONCE_BYTES - 1, rest = counter; rest > 0n; i--, rest >>= 8n) nonce[i] ^= Number(rest & 255n);
  return nonce;
}

export function seal({ key, salt }, kid, counter, plaintext) {
  const head = headerOf(kid, counter);
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(salt, counter)).setAAD(head);
  return Buffer.concat([head, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export function open({ key, salt }, frame, { counter, length }) {
  if (frame.length < length + TAG_BYTES) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(salt, counter))
    .setAAD(frame.subarray(0, length))
    .setAuthTag(frame.subarray(frame.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(frame.subarray(length, frame.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** One direction's keys as a receiver follows them: §5.2, §5.3. */
export class Opener {
  constructor(baseKey, sessionId) {
    this.sessionId = BigInt(sessionId);
    this.newest = 0;
    this.steps = new Map([[0, this.stepOf(baseKey, 0)]]);
    this.rejected = {};
  }

  stepOf(baseKey, step) {
    const kid = this.sessionId * 65536n + BigInt(step);
    return { baseKey, keys: keysOf(baseKey, kid), opened: new Set(), highest: -1n };
  }

  step(number) {
    for (let known = Math.max(...this.steps.keys()); known < number; known++) {
      this.steps.set(known + 1, this.stepOf(nextBaseKey(this.steps.get(known).baseKey), known + 1));
    }
    return this.steps.get(number);
  }

  /** The plaintext, or undefined and a count. */
  open(frame) {
    const reject = (reason) => {
      this.rejected[reason] = (this.rejected[reason] ?? 0) + 1;
      return undefined;
    };
    if (frame.length > 1170) return reject("OVERSIZE");
    const head = header(frame);
    if (!head) return reject("MALFORMED");
    if (head.kid >> 16n !== this.sessionId) return reject("UNKNOWN_KEY");
    const number = Number(head.kid & 65535n);
    if (number > this.newest + 8 || number < this.newest - 8 || number === 65535) return reject("RATCHET_TOO_FAR");
    const step = this.step(number);
    if (step.opened.has(head.counter)) return reject("REPLAYED");
    if (head.counter + WINDOW <= step.highest) return reject("TOO_OLD");
    const plaintext = open(step.keys, frame, head);
    if (!plaintext) return reject("AEAD_FAILED");
    step.opened.add(head.counter);
    this.wasNewest = number > this.newest || (number === this.newest && head.counter > step.highest);
    step.highest = head.counter > step.highest ? head.counter : step.highest;
    this.newest = Math.max(this.newest, number);
    return plaintext;
  }
}

/** The other direction, of which a short session needs no second step. */
export class Sealer {
  constructor(baseKey, sessionId) {
    this.kid = BigInt(sessionId) * 65536n;
    this.keys = keysOf(baseKey, this.kid);
    this.counter = 0n;
  }

  seal(kind, body) {
    return seal(this.keys, this.kid, this.counter++, Buffer.concat([Buffer.from([kind]), body]));
  }
}
