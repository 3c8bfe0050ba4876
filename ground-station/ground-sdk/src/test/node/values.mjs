// Every value of a message as a line of text, in the order of field numbers: the same text on the other side of the test.

const bits = new DataView(new ArrayBuffer(8));

function text(field, value) {
  const type = field.resolvedType;
  if (type && type.fields) return null;
  if (type) return `${value}`;
  switch (field.type) {
    case "float":
    case "double":
      bits.setFloat64(0, value);
      return bits.getBigUint64(0).toString(16).padStart(16, "0");
    case "bytes":
      return Buffer.from(value).toString("hex");
    case "string":
      return Buffer.from(value, "utf8").toString("hex");
    case "bool":
      return value ? "1" : "0";
    default:
      return value.toString();
  }
}

/** Present fields alone; of those without presence, the ones that are not their default. */
export function* lines(type, message, path) {
  const fields = [...type.fieldsArray].sort((a, b) => a.id - b.id);
  for (const field of fields) {
    field.resolve();
    if (!Object.hasOwn(message, field.name)) continue;
    const values = field.repeated ? message[field.name] : [message[field.name]];
    for (const [index, value] of values.entries()) {
      const here = `${path}.${field.id}` + (field.repeated ? `[${index}]` : "");
      const shown = text(field, value);
      if (shown === null) {
        yield `${here} {`;
        yield* lines(field.resolvedType, value, here);
      } else {
        yield `${here} ${shown}`;
      }
    }
  }
}
