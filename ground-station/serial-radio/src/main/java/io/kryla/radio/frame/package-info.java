/**
 * Frames on a serial line (protocol.md §13.1): bytes in any condition in, whole frames out. Pure; imports nothing but the
 * JDK. Start reading at {@link io.kryla.radio.frame.LineFrame}.
 */
@NullMarked
package io.kryla.radio.frame;

import org.jspecify.annotations.NullMarked;
