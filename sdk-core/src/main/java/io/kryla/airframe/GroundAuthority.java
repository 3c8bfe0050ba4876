package io.kryla.airframe;

import io.kryla.identity.Role;
import io.kryla.keys.Digest;

/**
 * On whose word a session's commands are carried out.
 *
 * @param certificateSha256 of the certificate that the peer proved to hold
 * @param role that this certificate was validated for
 */
record GroundAuthority(Digest certificateSha256, Role role) {}
