package io.kryla.factory.license;

import io.kryla.keys.Digest;

/**
 * What a license must name to be this line's.
 *
 * @param line such as {@code DE-01}
 * @param ledgerOrigin checkpoint origin of the line's ledger
 * @param lineCaKeySha256 of the line CA's SubjectPublicKeyInfo
 */
public record LicensedLine(String line, String ledgerOrigin, Digest lineCaKeySha256) {}
