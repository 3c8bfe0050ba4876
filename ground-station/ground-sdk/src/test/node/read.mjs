// read.mjs indexed|streamed FILE: prints what the public reader finds, a line for each thing.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers, protobufFromBinaryDescriptor } from "@mcap/support";
import { lines } from "./values.mjs";

const [how, file] = process.argv.slice(2);
const decompressHandlers = await loadDecompressHandlers();
const handle = await open(file);
const out = [];
const say = (line) => out.push(line);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const types = new Map();
function addSchema(schema) {
  if (schema.encoding !== "protobuf") throw new Error(`schema ${schema.name} is ${schema.encoding}`);
  types.set(schema.id, protobufFromBinaryDescriptor(schema.data).lookupType(schema.name));
}

function sayMessage(message, channel) {
  const type = types.get(channel.schemaId);
  say(`message ${channel.topic} ${message.sequence} ${message.logTime} ${message.publishTime} ${sha256(message.data)}`);
  for (const line of lines(type, type.decode(message.data), "")) say(line);
}

function sayAttachment(attachment) {
  say(`attachment ${attachment.name} ${attachment.mediaType} ${sha256(attachment.data)}`);
}

function sayMetadata(metadata) {
  const entries = [...metadata.metadata].sort().map(([key, value]) => `${key}=${value}`);
  say(`metadata ${metadata.name} ${entries.join(" ")}`);
}

if (how === "indexed") {
  const readable = {
    size: async () => BigInt((await handle.stat()).size),
    read: async (offset, length) => {
      const { buffer } = await handle.read(new Uint8Array(Number(length)), 0, Number(length), Number(offset));
      return buffer;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  for (const schema of reader.schemasById.values()) addSchema(schema);
  for await (const metadata of reader.readMetadata()) sayMetadata(metadata);
  for await (const attachment of reader.readAttachments()) sayAttachment(attachment);
  for await (const message of reader.readMessages({ validateCrcs: true })) {
    sayMessage(message, reader.channelsById.get(message.channelId));
  }
  const statistics = reader.statistics;
  say(`statistics ${statistics.messageCount} ${statistics.chunkCount} ${reader.chunkIndexes.length}`);
} else {
  const reader = new McapStreamReader({ validateCrcs: true, decompressHandlers, includeChunks: true });
  const channels = new Map();
  let chunks = 0;
  const block = new Uint8Array(1 << 16);
  for (;;) {
    const { bytesRead } = await handle.read(block, 0, block.length);
    if (bytesRead === 0) break;
    reader.append(block.slice(0, bytesRead));
    for (let record = reader.nextRecord(); record; record = reader.nextRecord()) {
      if (record.type === "Schema") addSchema(record);
      else if (record.type === "Channel") channels.set(record.id, record);
      else if (record.type === "Message") sayMessage(record, channels.get(record.channelId));
      else if (record.type === "Attachment") sayAttachment(record);
      else if (record.type === "Metadata") sayMetadata(record);
      else if (record.type === "Chunk") {
        if (record.uncompressedCrc === 0) throw new Error("a chunk without a checksum");
        chunks++;
      } else if (record.type === "Statistics") {
        say(`statistics ${record.messageCount} ${record.chunkCount} ${chunks}`);
      }
    }
  }
  if (!reader.done()) throw new Error("the file ends too early");
}
await handle.close();
process.stdout.write(out.join("\n") + "\n");
