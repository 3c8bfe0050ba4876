// Trees, notes, envelopes and certificates: protocol.md §2, §3, §6 and §9.
import { createHash, createPublicKey, verify, X509Certificate } from "node:crypto";
import { bytes, decode, integer, repeated, text } from "./protobuf.mjs";

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
export const leafHash = (leaf) => sha256(Buffer.from([0]), leaf);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

export function refuse(code, detail) {
  return Object.assign(new Error(`${code}: ${detail}`), { code });
}

/** RFC 6962 §2.1. */
export function root(leafHashes) {
  if (leafHashes.length === 0) return sha256();
  if (leafHashes.length === 1) return leafHashes[0];
  let split = 1;
  while (split * 2 < leafHashes.length) split *= 2;
  return nodeHash(root(leafHashes.slice(0, split)), root(leafHashes.slice(split)));
}

/** RFC 9162 §2.1.3.2: the root that a leaf's proof leads to, or undefined. */
export function rootOfProof(index, size, leaf, proof) {
  if (index >= size) return undefined;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? hash : undefined;
}

/** The 32 bytes of an Ed25519 key. */
const rawKey = (key) => key.export({ type: "spki", format: "der" }).subarray(-32);

/** A note's text and its signature lines (§9.8). */
export function note(content) {
  const cut = content.lastIndexOf("\n\n");
  const lines = content.slice(cut + 2).split("\n").slice(0, -1);
  return {
    text: content.slice(0, cut + 1),
    signatures: lines.map((line) => {
      const [, name, base64] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const blob = Buffer.from(base64 ?? "", "base64");
      return { name, keyId: blob.subarray(0, 4), signature: blob.subarray(4) };
    }),
  };
}

const byKey = (signed, name, type, key) => {
  const id = sha256(`${name}\n`, Buffer.from([type]), rawKey(key)).subarray(0, 4);
  return signed.signatures.filter((line) => line.name === name && line.keyId.equals(id)).map((line) => line.signature);
};

/** The log's own line: type 1. */
export const isSignedBy = (signed, name, key) =>
  byKey(signed, name, 1, key).some((signature) => verify(null, Buffer.from(signed.text), key, signature));

/** Unix seconds of a witness's line, type 4, or undefined. */
export function cosignedAt(signed, name, key) {
  for (const line of byKey(signed, name, 4, key)) {
    const seconds = line.readBigUInt64BE(0);
    const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${signed.text}`);
    if (verify(null, message, key, line.subarray(8))) return Number(seconds);
  }
  return undefined;
}

export function checkpoint(body) {
  const [origin, size, base64] = body.split("\n");
  return { origin, size: Number(size), root: Buffer.from(base64, "base64") };
}

export const publicKey = (message) => {
  const fields = decode(message);
  const key = createPublicKey({ key: bytes(fields, 2), format: "der", type: "spki" });
  return Object.assign(key, { algorithm: integer(fields, 1) });
};

const HASH_OF_CURVE = { "prime256v1": "sha256", "secp384r1": "sha384" };

/** The payload of a DSSE envelope of that type, signed by exactly that key (§2). */
export function opened(envelope, document, key) {
  const fields = decode(envelope);
  const payload = bytes(fields, 1);
  const type = `application/vnd.kryla.${document}.v1+protobuf`;
  if (text(fields, 2) !== type) throw refuse("WRONG_TYPE", `${document} expected`);
  const pae = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
  const keyId = sha256(key.export({ type: "spki", format: "der" })).toString("hex");
  const curve = key.asymmetricKeyDetails?.namedCurve;
  const signatures = repeated(fields, 3).map(decode);
  if (signatures.length === 0) throw refuse("MALFORMED", `${document} is not signed`);
  for (const signature of signatures) {
    if (text(signature, 2) !== keyId) throw refuse("UNKNOWN_SIGNER", document);
    const how = curve ? { key, dsaEncoding: "ieee-p1363" } : key;
    if (!verify(HASH_OF_CURVE[curve] ?? null, pae, how, bytes(signature, 1))) throw refuse("BAD_SIGNATURE", document);
  }
  return payload;
}

/** Length and content of the DER element at an offset. */
function der(buffer, at = 0) {
  let length = buffer[at + 1];
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    length = buffer.readUIntBE(start, count);
    start += count;
  }
  return { tag: buffer[at], content: buffer.subarray(start, start + length), end: start + length };
}

function children(content) {
  const list = [];
  for (let at = 0; at < content.length; at = list.at(-1).end) list.push(der(content, at));
  return list;
}

/** Of an extension by the DER of its object identifier, the content; undefined when there is none. */
function extension(certificate, oid) {
  const [tbs] = children(der(certificate.raw).content);
  const wrapper = children(tbs.content).find((element) => element.tag === 0xa3);
  for (const one of children(der(wrapper.content).content)) {
    const parts = children(one.content);
    if (parts[0].content.toString("hex") === oid) return parts.at(-1).content;
  }
  return undefined;
}

const dotted = (content) => {
  const arcs = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) [arcs[arcs.length], value] = [value, 0];
  }
  const first = Math.min(Math.floor(arcs[0] / 40), 2);
  return [first, arcs[0] - 40 * first, ...arcs.slice(1)].join(".");
};

/**
 * An IDevID chain from the root (§3.2): signatures, order, validity, the one policy, serial in subject and hardwareModuleName. What
 * stock libraries do beside that (policy tree, name constraints) is left to them.
 */
export function idevid(chain, rootCertificate) {
  if (chain.length !== 4) throw refuse("PATH", `${chain.length} certificates, 4 are a chain`);
  if (!chain[3].raw.equals(rootCertificate.raw)) throw refuse("PATH", "another root");
  for (let i = 0; i < 3; i++) {
    if (!chain[i].checkIssued(chain[i + 1]) || !chain[i].verify(chain[i + 1].publicKey)) throw refuse("PATH", `certificate ${i}`);
    if (i > 0 && !chain[i].ca) throw refuse("PATH", `certificate ${i} is no CA`);
  }
  const [leaf] = chain;
  const serial = /^serialNumber=(.*)$/m.exec(leaf.subject)?.[1];
  const policies = children(der(extension(leaf, "551d20")).content).map((policy) => dotted(der(policy.content).content));
  const name = extension(leaf, "551d11");
  const modules = children(der(name).content); // otherName [0]: type, [0] SEQUENCE { hwType, hwSerialNum }
  const [type, value] = children(modules[0].content);
  const [, hardwareSerial] = children(der(value.content).content);
  if (policies.length !== 1) throw refuse("POLICY", `${policies.length} policies`);
  if (modules.length !== 1 || dotted(type.content) !== "1.3.6.1.5.5.7.8.4") throw refuse("NAME", "no hardwareModuleName");
  if (!serial || hardwareSerial.content.toString() !== serial) throw refuse("SERIAL_MISMATCH", serial ?? "no serial");
  return { serial, policy: policies[0], key: leaf.publicKey, certificateSha256: sha256(leaf.raw) };
}

/** Trust bundle from the root (§3.3). */
export function trustBundle(envelope, rootCertificate) {
  const fields = decode(opened(envelope, "trust-bundle", rootCertificate.publicKey));
  if (!bytes(fields, 4).equals(sha256(rootCertificate.raw))) throw refuse("WRONG_ROOT", "bundle of another root");
  const named = (number) =>
    repeated(fields, number).map(decode).map((one) => ({ name: text(one, 1), key: publicKey(bytes(one, 2)) }));
  return {
    witnesses: named(7),
    quorum: integer(fields, 8),
    ledgers: repeated(fields, 11).map(decode).map((one) => ({ origin: text(one, 1), key: publicKey(bytes(one, 3)) })),
  };
}

/** A ledger leaf under a cosigned checkpoint (§3.5); the leaf's fields. */
export function proven(leafProof, bundle) {
  const fields = decode(leafProof);
  const leaf = bytes(fields, 1);
  const proofText = text(fields, 2);
  const cut = proofText.indexOf("\n\n");
  const [, indexLine, ...hashes] = proofText.slice(0, cut).split("\n");
  const signed = note(proofText.slice(cut + 2));
  const head = checkpoint(signed.text);
  const ledger = bundle.ledgers.find((one) => one.origin === head.origin);
  if (!ledger) throw refuse("WRONG_ORIGIN", head.origin);
  if (!isSignedBy(signed, head.origin, ledger.key)) throw refuse("BAD_NOTE", head.origin);
  const times = bundle.witnesses.map(({ name, key }) => cosignedAt(signed, name, key)).filter((at) => at !== undefined);
  if (times.length < bundle.quorum) throw refuse("NO_QUORUM", `${times.length} of ${bundle.quorum}`);
  const index = Number(/^index (\d+)$/.exec(indexLine)?.[1]);
  const reached = rootOfProof(index, head.size, leafHash(leaf), hashes.map((hash) => Buffer.from(hash, "base64")));
  if (!reached?.equals(head.root)) throw refuse("ROOT_MISMATCH", "birth");
  return decode(leaf);
}

export const certificate = (raw) => new X509Certificate(raw);
