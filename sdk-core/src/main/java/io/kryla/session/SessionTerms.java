package io.kryla.session;

import io.kryla.keys.Digest;

/**
 * What set-up agreed on.
 *
 * @param udpPort of the ground, at the address of its TLS end
 * @param nonce the ground's, 32 bytes; {@code ReceiverJoined} repeats it
 * @param ledgerCheckpointSha256 of a recent ledger checkpoint that the ground knew: the log is not older
 */
public record SessionTerms(
        String profile, int udpPort, Digest nonce, Digest ledgerCheckpointSha256, SessionKeys keys) {}
