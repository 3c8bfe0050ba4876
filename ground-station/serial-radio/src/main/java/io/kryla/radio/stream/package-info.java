/**
 * A byte stream over a line that loses frames: selective repeat as a pure state machine on a clock that is passed in
 * (protocol.md §13.2). May import {@code radio.frame}. Start reading at {@link io.kryla.radio.stream.LineStream}.
 */
@NullMarked
package io.kryla.radio.stream;

import org.jspecify.annotations.NullMarked;
