// The wire format of protocol buffers, as much of it as the session needs: https://protobuf.dev/programming-guides/encoding/

/** Field number -> values in their order: BigInt for varints, Buffer for bytes and fixed ones. Throws on anything ill-formed. */
export function decode(bytes) {
  const fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= bytes.length) throw new Error("MALFORMED: a number is cut off");
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error("MALFORMED: a number is too long");
  };
  const take = (length) => {
    if (length > bytes.length - at) throw new Error("MALFORMED: a field is cut off");
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    const value = { 0: varint, 1: () => take(8), 2: () => take(Number(varint())), 5: () => take(4) }[Number(key & 7n)]?.();
    if (value === undefined) throw new Error("MALFORMED: unknown wire type");
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

export const bytes = (fields, number) => fields.get(number)?.at(-1) ?? Buffer.alloc(0);
export const text = (fields, number) => bytes(fields, number).toString("utf8");
export const integer = (fields, number) => Number(fields.get(number)?.at(-1) ?? 0n);
export const repeated = (fields, number) => fields.get(number) ?? [];

/** Of pairs [field number, number | string | Buffer]. */
export function encode(...fields) {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [varintOf(number * 8), varintOf(value)];
      const content = Buffer.from(value);
      return [varintOf(number * 8 + 2), varintOf(content.length), content];
    }),
  );
}

function varintOf(value) {
  const out = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) out.push((value % 0x80) | 0x80);
  return Buffer.from([...out, value]);
}
