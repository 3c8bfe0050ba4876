/**
 * SFrame (RFC 9605) with cipher suite 5, AES_256_GCM_SHA512_128: header, key schedule, sealing, opening, replay window.
 * Imports nothing of ours and nothing but the JDK. Start reading at {@link io.kryla.sframe.FrameSealer}, then {@link
 * io.kryla.sframe.FrameOpener}.
 */
@NullMarked
package io.kryla.sframe;

import org.jspecify.annotations.NullMarked;
