/**
 * MCAP files (mcap.dev, format version 0): chunked, indexed recordings of timestamped messages with their schemas
 * inside. Written with the same bytes for the same calls; read from hostile bytes within stated limits. Imports nothing
 * of Kryla; Zstandard and protobuf descriptors are the only third-party code, LZ4 is read by code of its own. Start at {@link io.kryla.mcap.McapWriter}
 * and {@link io.kryla.mcap.McapReader}; the section names in the comments are those of the public specification.
 */
@NullMarked
package io.kryla.mcap;

import org.jspecify.annotations.NullMarked;
