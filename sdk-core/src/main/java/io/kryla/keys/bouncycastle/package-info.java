/** A {@code Signer} as Bouncy Castle's builders of certificates and requests want it. Not exported: no API shows a library's types. */
@NullMarked
package io.kryla.keys.bouncycastle;

import org.jspecify.annotations.NullMarked;
