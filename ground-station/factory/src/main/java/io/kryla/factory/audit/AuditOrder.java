package io.kryla.factory.audit;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * What is audited, and from where.
 *
 * @param root known beforehand, from outside the folder
 * @param knownCheckpoint exact bytes of a checkpoint that the auditor has seen before
 * @param now for the age of revocation lists
 */
public record AuditOrder(Path folder, X509Certificate root, Optional<byte[]> knownCheckpoint, Instant now) {}
