/**
 * Keys in a PKCS#11 token (an HSM, a card, SoftHSM): made there, used there, never out of it. May import keys and the JDK's
 * SunPKCS11; the token's module is native code of its maker. Start reading at {@code Pkcs11Token}.
 */
@NullMarked
package io.kryla.factory.token;

import org.jspecify.annotations.NullMarked;
