/**
 * The session over a serial line of 57,600 baud (protocol.md §13): threads and the serial port around the pure machines of
 * {@code radio.stream}, and the ways in for an airframe and a ground. The only package that knows jSerialComm. Start reading at
 * {@link io.kryla.radio.SerialRadio}.
 */
@NullMarked
package io.kryla.radio;

import org.jspecify.annotations.NullMarked;
