// write.mjs FILE none|lz4|zstd SCHEMA: a file of the public writer, of the message in the FileDescriptorSet SCHEMA.
import { open, readFile } from "node:fs/promises";
import { McapWriter } from "@mcap/core";
import { protobufFromBinaryDescriptor } from "@mcap/support";
import zstd from "@foxglove/wasm-zstd";
import lz4 from "lz4js";

const [file, compression, schemaFile] = process.argv.slice(2);
await zstd.isLoaded;
const compress = {
  none: undefined,
  lz4: (data) => ({ compression: "lz4", compressedData: Uint8Array.from(lz4.compress(data)) }),
  zstd: (data) => ({ compression: "zstd", compressedData: zstd.compress(data, 3) }),
}[compression];

const data = new Uint8Array(await readFile(schemaFile));
const name = "kryla.v1.VehicleState";
const type = protobufFromBinaryDescriptor(data).lookupType(name);

const handle = await open(file, "w");
let position = 0n;
const writable = {
  position: () => position,
  write: async (bytes) => {
    await handle.write(bytes);
    position += BigInt(bytes.byteLength);
  },
};
const writer = new McapWriter({ writable, compressChunk: compress, chunkSize: 4096 });
await writer.start({ profile: "", library: "kryla-foreign-mcap" });
const schemaId = await writer.registerSchema({ name, encoding: "protobuf", data });
const channelId = await writer.registerChannel({
  topic: "/state",
  schemaId,
  messageEncoding: "protobuf",
  metadata: new Map([["made", "elsewhere"]]),
});
await writer.addMetadata({ name: "origin", metadata: new Map([["writer", "@mcap/core"]]) });
await writer.addAttachment({
  name: "note.txt",
  mediaType: "text/plain",
  logTime: 5n,
  createTime: 6n,
  data: new TextEncoder().encode("written elsewhere"),
});
for (let i = 0; i < 500; i++) {
  const state = type.create({ position_down_meters: -i / 2, latitude_radians: i / 1000, rotor_commands: [i / 500, 0.25] });
  await writer.addMessage({
    channelId,
    sequence: i,
    logTime: BigInt(i) * 10_000_000n,
    publishTime: BigInt(i) * 10_000_000n + 1n,
    data: type.encode(state).finish(),
  });
}
await writer.end();
await handle.close();
