/**
 * Bytes out, bytes in: the datagram port, its UDP adapter, and an in-memory pair whose losses, repeats and reorderings
 * are seeded. Knows nothing of what it carries; imports nothing but the JDK. Start reading at {@link
 * io.kryla.link.DatagramLink}.
 */
@NullMarked
package io.kryla.link;

import org.jspecify.annotations.NullMarked;
