package io.kryla.factory.acceptance;

import io.kryla.keys.Digest;

/**
 * SHA-256 of what people read of a flight; none of it is needed to judge it again.
 *
 * @param page the report as HTML
 * @param printed the report as PDF
 * @param junit the verdict as JUnit XML
 */
public record ReportHashes(Digest page, Digest printed, Digest junit) {}
