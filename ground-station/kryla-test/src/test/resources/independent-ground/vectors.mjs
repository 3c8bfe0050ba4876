// Holds this implementation to the vectors of the protocol. Usage: node vectors.mjs FOLDER; prints how many it met.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deepStrictEqual } from "node:assert";
import { createPublicKey } from "node:crypto";
import { bytes, decode, integer } from "./protobuf.mjs";
import { header, keysOf, nextBaseKey, Opener, seal } from "./sframe.mjs";
import { isSignedBy, leafHash, note, root, rootOfProof } from "./proof.mjs";

const read = (name) => JSON.parse(readFileSync(join(process.argv[2], name), "utf8"));
const hex = (text) => Buffer.from(text, "hex");
let met = 0;
const equal = (found, expected) => {
  deepStrictEqual(found, expected);
  met++;
};

for (const { kid, ctr, encoded } of read("rfc9605-sframe.json").header) {
  const found = header(hex(encoded));
  equal([found.kid, found.counter], [BigInt("0x" + kid), BigInt("0x" + ctr)]);
}

const ratchet = read("kryla-ratchet.json");
let base = hex(ratchet.base_key);
let step = 0;
for (const vector of ratchet.steps) {
  for (; step < vector.step; step++) base = nextBaseKey(base);
  const kid = BigInt("0x" + vector.kid);
  const keys = keysOf(base, kid);
  equal([keys.key.toString("hex"), keys.salt.toString("hex")], [vector.key, vector.salt]);
  for (const { ctr, frame } of vector.frames) {
    equal(seal(keys, kid, BigInt("0x" + ctr), hex(vector.plaintext)).toString("hex"), frame);
  }
  const opener = new Opener(base, Number("0x" + ratchet.session_id));
  if (vector.step === 0) {
    for (const { frame } of vector.frames) {
      const before = opener.steps.get(0).highest;
      const fresh = header(hex(frame)).counter + 1024n > before;
      equal(opener.open(hex(frame))?.toString("hex"), fresh ? vector.plaintext : undefined);
      equal(opener.open(hex(frame)), undefined);
    }
  }
}

const merkle = read("rfc6962-merkle.json");
const leaves = merkle.leaves.map((leaf) => leafHash(hex(leaf)));
merkle.roots.forEach((expected, size) => equal(root(leaves.slice(0, size)).toString("hex"), expected));
for (const { leafIdx, treeSize, root: expected, leafHash: leaf, proof, wantErr } of merkle.inclusion) {
  const base64 = (text) => Buffer.from(text ?? "", "base64");
  const reached = rootOfProof(leafIdx, treeSize, base64(leaf), (proof ?? []).map(base64));
  equal(reached?.equals(base64(expected)) ?? false, !wantErr);
}

const { vkey, signed } = read("c2sp-tlog.json").note;
const [name, , key] = vkey.split("+");
const spki = Buffer.concat([hex("302a300506032b6570032100"), Buffer.from(key, "base64").subarray(1)]);
equal(isSignedBy(note(signed), name, createPublicKey({ key: spki, format: "der", type: "spki" })), true);
equal(isSignedBy(note(signed.replace("example", "exbmple")), name, createPublicKey({ key: spki, format: "der", type: "spki" })), false);

const session = read("kryla-session-1.json");
const offers = session.setup.map(({ message }) => decode(hex(message))).filter((one) => one.has(3)).map((one) => decode(bytes(one, 3)));
const [byGround, byAirframe] = offers;
const down = new Opener(bytes(byAirframe, 1), integer(byGround, 2));
const up = new Opener(bytes(byGround, 1), integer(byAirframe, 2));
const records = new Map();
for (const { from, frame } of session.datagrams) {
  const plaintext = (from === "down" ? down : up).open(hex(frame));
  equal(plaintext !== undefined, true);
  if (plaintext[0] === 1) records.set(integer(decode(plaintext.subarray(1)), 1), plaintext.subarray(1));
}
const leafHashes = [...records.keys()].sort((a, b) => a - b).map((index) => leafHash(records.get(index)));
equal([leafHashes.length, root(leafHashes).toString("hex")], [session.head.size, session.head.root]);

console.log(`met ${met}`);
