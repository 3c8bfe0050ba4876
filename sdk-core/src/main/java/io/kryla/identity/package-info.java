/**
 * Who someone is and what a document is worth, starting from the root certificate alone: certificate profiles and path
 * validation, roles, the trust bundle and what it vouches for, TLS without a built-in trust decision. May import
 * {@code io.kryla.keys}, {@code io.kryla.tlog}, {@code io.kryla.dsse}, {@code io.kryla.v1} and Bouncy Castle. Start
 * reading at {@code TrustedBundle} and {@code PathValidator}.
 */
@NullMarked
package io.kryla.identity;

import org.jspecify.annotations.NullMarked;
