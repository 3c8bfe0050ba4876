/**
 * The certificate authorities of a licensed line: root, design CA, line CAs, operations CAs, and what each may issue.
 *
 * <p>Every certificate has exactly the extensions of protocol.md §3 and is signed through a {@code Signer}: no private
 * key is ever seen here. May import sdk-core's keys and identity, and Bouncy Castle. Start reading at
 * {@link io.kryla.factory.pki.RootCa}.
 */
@NullMarked
package io.kryla.factory.pki;

import org.jspecify.annotations.NullMarked;
