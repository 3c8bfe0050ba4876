/**
 * The hot messages without objects: samples of the vehicle's state into a caller's array, records read in place. Writes the
 * bytes that protobuf writes, reads the bytes that protobuf writes, and says so of anything else, which then is protobuf's.
 * Imports the generated messages and nothing of ours. Start reading at {@link io.kryla.codec.VehicleSample}, then {@link
 * io.kryla.codec.RecordView}.
 */
@NullMarked
package io.kryla.codec;

import org.jspecify.annotations.NullMarked;
