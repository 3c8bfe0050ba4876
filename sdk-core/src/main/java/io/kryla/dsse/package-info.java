/**
 * DSSE v1 envelopes over exact payload bytes, with thresholds of distinct keys. May import {@code io.kryla.keys} and
 * {@code io.kryla.v1}. Start reading at {@code DsseVerifier}.
 */
@NullMarked
package io.kryla.dsse;

import org.jspecify.annotations.NullMarked;
