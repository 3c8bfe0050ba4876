// A flight controller for .ci/device-test.sh: for so many seconds 100 vehicle states a second on standard output, as
// docs/device.md describes them. Shares no code with the programs it talks to.
const seconds = Number(process.argv[2]);
const float = (field, value) => {
    const bytes = Buffer.alloc(field < 16 ? 5 : 6);
    bytes[0] = ((field << 3) | 5) & 0x7f | (field < 16 ? 0 : 0x80);
    if (field >= 16) bytes[1] = field >> 4;
    bytes.writeFloatLE(value, bytes.length - 4);
    return bytes;
};
const behindLength = (bytes) => Buffer.concat([Buffer.from(bytes.length < 128 ? [bytes.length] : [bytes.length & 0x7f | 0x80, bytes.length >> 7]), bytes]);
const state = (number) => {
    const fields = [Buffer.from([0x08, 4, 0x10, 1])]; // mode HOLD, armed
    for (let field = 3; field <= 15; field++) fields.push(float(field, Math.sin(number / 50 + field)));
    for (let field = 18; field <= 23; field++) fields.push(float(field, field));
    return Buffer.concat(fields);
};
const began = Date.now();
let sent = 0;
const timer = setInterval(() => {
    const due = Math.min((Date.now() - began) / 10, seconds * 100);
    while (sent < due) process.stdout.write(behindLength(Buffer.concat([Buffer.from([0x12]), behindLength(state(sent++))])));
    if (sent === seconds * 100) clearInterval(timer);
}, 5);
