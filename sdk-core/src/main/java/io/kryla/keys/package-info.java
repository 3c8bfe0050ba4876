/**
 * Keys, signatures and digests as values, and the {@link io.kryla.keys.Signer} port behind which a private key stays
 * wherever it was made (memory, token, secure element). May import {@code io.kryla.v1} and Bouncy Castle's lightweight
 * classes; Ed25519 is always Bouncy Castle, everything else the JDK. Start reading at {@code VerificationKey} and
 * {@code Signer}.
 */
@NullMarked
package io.kryla.keys;

import org.jspecify.annotations.NullMarked;
