// A ground that shares no code with the SDK and follows docs/protocol.md and the .proto files: takes one airframe, sends it one
// command, and says what it may believe of the flight. Usage: node ground.mjs CONFIG.json; prints one JSON object a line.
import { createSocket } from "node:dgram";
import { randomBytes, randomInt, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:tls";
import { bytes, decode, encode, integer, repeated, text } from "./protobuf.mjs";
import { Opener, Sealer } from "./sframe.mjs";
import { certificate, idevid, leafHash, opened, proven, publicKey, refuse, root, sha256, trustBundle } from "./proof.mjs";

const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const rootCertificate = certificate(readFileSync(config.root));
const ownChain = readFileSync(config.chain);
const bundle = trustBundle(readFileSync(config.trustBundle), rootCertificate);
const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");

const [RECORD, CHECKPOINT, ACKNOWLEDGEMENT, RECORD_REQUEST, COMMAND] = [1, 2, 16, 17, 18];
const MOST_MESSAGE_BYTES = 65536;

/** §4.2: Hello in, Subscribe and KeyOffer out, KeyOffer in. */
class Conversation {
  constructor(tls, udp) {
    Object.assign(this, { tls, udp, pending: Buffer.alloc(0) });
    this.nonce = randomBytes(32);
    this.baseKey = randomBytes(32);
    this.sessionId = randomInt(1 << 24);
    tls.on("data", (data) => this.receive(data));
    tls.on("error", () => {});
    tls.on("close", () => this.session?.end("CLOSED"));
  }

  receive(data) {
    this.pending = Buffer.concat([this.pending, data]);
    while (this.pending.length >= 4) {
      const length = this.pending.readUInt32BE(0);
      if (length === 0 || length > MOST_MESSAGE_BYTES) return this.tls.destroy();
      if (this.pending.length < 4 + length) return;
      const message = this.pending.subarray(4, 4 + length);
      this.pending = this.pending.subarray(4 + length);
      try {
        this.handle(decode(message));
      } catch (failure) {
        const code = failure.code ?? "MALFORMED";
        say({ refused: code, detail: failure.message });
        this.send(4, encode([1, code], [2, failure.message]));
        this.tls.end();
      }
    }
  }

  handle(message) {
    if (message.has(4)) throw refuse(text(decode(bytes(message, 4)), 1), "said by the airframe");
    if (message.has(1) && !this.airframe) return this.greeted(decode(bytes(message, 1)));
    if (message.has(3) && this.airframe && !this.session) return this.keyed(decode(bytes(message, 3)));
    throw refuse("OUT_OF_ORDER", [...message.keys()].join());
  }

  /** §4.3: whose log this is, and under which key. */
  greeted(hello) {
    const device = idevid(this.tls.chain, rootCertificate);
    if (text(hello, 1) !== device.serial) throw refuse("SERIAL_MISMATCH", text(hello, 1));
    const endorsement = decode(opened(bytes(hello, 5), "log-key-endorsement", device.key));
    const leaf = proven(bytes(hello, 6), bundle);
    const born = decode(bytes(leaf, 4));
    if (text(leaf, 3) !== device.serial || text(born, 1) !== device.policy || !bytes(born, 4).equals(device.certificateSha256)) {
      throw refuse("NO_BIRTH_PROOF", device.serial);
    }
    const log = repeated(hello, 3).map(decode).find((offered) => text(offered, 1) === "flight");
    if (!log) throw refuse("UNKNOWN_PROFILE", "flight");
    const origin = `${text(endorsement, 2)}/${integer(hello, 2)}/flight`;
    if (text(endorsement, 1) !== device.serial || text(log, 2) !== origin) throw refuse("WRONG_ORIGIN", text(log, 2));
    this.airframe = { serial: device.serial, origin, logKey: publicKey(bytes(endorsement, 3)) };
    say({ admitted: device.serial, origin });
    const quoted = Buffer.from(config.ledgerCheckpointSha256, "hex");
    this.send(2, encode([1, "flight"], [2, this.udp.address().port], [3, this.nonce], [4, quoted]));
    this.send(3, encode([1, this.baseKey], [2, this.sessionId]));
  }

  keyed(offer) {
    if (bytes(offer, 1).length !== 32 || bytes(offer, 1).equals(this.baseKey)) throw refuse("MALFORMED", "KeyOffer");
    const opener = new Opener(bytes(offer, 1), this.sessionId);
    const sealer = new Sealer(this.baseKey, integer(offer, 2));
    this.session = new Session(this, this.airframe, opener, sealer);
  }

  send(field, content) {
    const message = encode([field, content]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(message.length);
    this.tls.write(Buffer.concat([length, message]));
  }
}

/** §5 and §6: datagrams in, records and checkpoints out of them; acknowledgements, requests and one command up. */
class Session {
  constructor(conversation, airframe, opener, sealer) {
    Object.assign(this, { conversation, airframe, opener, sealer });
    this.records = new Map();
    this.hashes = [];
    this.attested = 0;
    this.unacknowledged = 0;
    this.requests = 0;
    this.command = encode([1, randomBytes(16)], [7, Buffer.alloc(0)]); // Hold
    this.heardAt = performance.now();
    this.timer = setInterval(() => this.tick(), 100);
    conversation.udp.on("message", (datagram, from) => this.receive(datagram, from));
  }

  receive(datagram, from) {
    const plaintext = this.opener.open(datagram);
    if (!plaintext || this.ended) return;
    this.heardAt = performance.now();
    if (this.opener.wasNewest) this.peer = from;
    if (plaintext[0] === RECORD) this.takeRecord(plaintext.subarray(1));
    if (plaintext[0] === CHECKPOINT) this.takeCheckpoint(plaintext.subarray(1));
    if (++this.unacknowledged >= 16) this.acknowledge();
  }

  takeRecord(record) {
    const index = integer(decode(record), 1);
    if (index < this.hashes.length || this.records.has(index)) return;
    this.records.set(index, Buffer.from(record));
    while (this.records.has(this.hashes.length)) this.hashes.push(leafHash(this.records.get(this.hashes.length)));
    for (const sample of repeated(decode(record), 2).map(decode)) {
      if (sample.has(4)) this.takeCommandEvent(decode(bytes(sample, 4)));
    }
    this.attest();
  }

  takeCommandEvent(event) {
    if (!bytes(event, 1).equals(bytes(decode(this.command), 1)) || this.answer) return;
    if (!bytes(event, 5).equals(this.command)) return this.end("ANOTHER_COMMAND_WAS_LOGGED");
    this.answer = { stage: integer(event, 3), code: text(event, 4) };
    say({ answered: this.answer });
  }

  takeCheckpoint(wire) {
    const size = Number(wire.readBigUInt64BE(0));
    const body = `${this.airframe.origin}\n${size}\n${wire.subarray(8, 40).toString("base64")}\n`;
    if (!verify(null, Buffer.from(body), this.airframe.logKey, wire.subarray(40))) return this.end("BAD_NOTE");
    if (size > (this.newest?.size ?? 0)) this.newest = { size, root: Buffer.from(wire.subarray(8, 40)) };
    this.attest();
  }

  attest() {
    const head = this.newest;
    if (!head || head.size <= this.attested || head.size > this.hashes.length) return;
    if (!root(this.hashes.slice(0, head.size)).equals(head.root)) return this.end("ROOT_MISMATCH");
    this.attested = head.size;
    const last = repeated(decode(this.records.get(head.size - 1)), 2).map(decode).at(-1);
    if (last.has(7)) this.report("LOG_CLOSED"); // and go on acknowledging, until the airframe has heard it and hangs up
  }

  tick() {
    if (performance.now() - this.heardAt > 10_000) return this.end("SILENCE");
    if (this.peer && !this.answer) this.send(COMMAND, this.command);
    this.acknowledge();
    const known = Math.max(this.newest?.size ?? 0, ...this.records.keys());
    const holes = [];
    for (let from = this.hashes.length; from < known && holes.length < 64; from++) {
      if (!this.records.has(from)) holes.push([1, encode([1, from], [2, from + 1])]);
    }
    if (holes.length > 0) {
      this.requests++;
      this.send(RECORD_REQUEST, encode(...holes));
    }
  }

  acknowledge() {
    this.unacknowledged = 0;
    this.send(ACKNOWLEDGEMENT, encode([1, this.hashes.length], [2, this.attested]));
  }

  send(kind, body) {
    if (this.peer) this.conversation.udp.send(this.sealer.seal(kind, body), this.peer.port, this.peer.address);
  }

  end(why) {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    this.report(why);
    this.conversation.tls.end();
    server.close();
    this.conversation.udp.close();
  }

  report(why) {
    if (this.reported) return;
    this.reported = true;
    const samples = [...this.records.values()].flatMap((record) => repeated(decode(record), 2).map(decode));
    const joined = samples.filter((sample) => sample.has(5)).map((sample) => decode(bytes(sample, 5)));
    say({
      ended: why,
      attested: this.attested,
      root: root(this.hashes.slice(0, this.attested)).toString("hex"),
      samples: samples.length,
      states: samples.filter((sample) => sample.has(2)).length,
      joined: joined.some((one) => bytes(one, 1).equals(this.conversation.nonce) && bytes(one, 3).equals(sha256(certificate(ownChain).raw))),
      requests: this.requests,
      rejected: this.opener.rejected,
    });
  }
}

/** §3.6, §4.1. */
const server = createServer(
  {
    key: readFileSync(config.key),
    passphrase: config.passphrase,
    cert: ownChain,
    requestCert: true,
    rejectUnauthorized: false, // judged by idevid() from the root, before any message is answered
    minVersion: "TLSv1.3",
    ciphers: "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256",
    sigalgs: "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384",
    ALPNProtocols: ["kryla/1"],
  },
  (tls) => {
    if (tls.alpnProtocol !== "kryla/1") return tls.destroy();
    tls.chain = [];
    for (let one = tls.getPeerCertificate(true); one?.raw; one = one.issuerCertificate) {
      tls.chain.push(certificate(one.raw));
      if (one === one.issuerCertificate) break;
    }
    const udp = createSocket("udp4").bind(0, "127.0.0.1", () => new Conversation(tls, udp));
  },
);
server.listen(0, "127.0.0.1", () => say({ listening: server.address().port }));
