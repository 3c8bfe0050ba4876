/**
 * Where people and lines keep private keys, and the PINs that open them: encrypted files and PKCS#11 tokens behind one
 * address. May import {@code factory.token} and {@code outcome}. Start reading at {@link io.kryla.station.keys.KeyPlace}.
 */
@NullMarked
package io.kryla.station.keys;

import org.jspecify.annotations.NullMarked;
