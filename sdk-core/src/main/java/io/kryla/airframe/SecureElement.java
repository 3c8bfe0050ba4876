package io.kryla.airframe;

import io.kryla.keys.Signer;

/**
 * Where the airframe's keys live: each is made inside on first use and never leaves. Any thread may call it, and a key
 * is the same from its first use on, over every restart.
 */
public interface SecureElement {
    /** The device identity (IDevID): ECDSA P-256. */
    Signer identityKey();

    /** Signs flight-log checkpoints and nothing else: Ed25519. */
    Signer logKey();
}
