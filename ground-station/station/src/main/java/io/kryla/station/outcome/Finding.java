package io.kryla.station.outcome;

/**
 * One thing that a command found wrong.
 *
 * @param code stable code, such as {@code NO_QUORUM}
 * @param file path relative to the folder under examination; empty when it concerns no single file
 * @param where place in the file or process: a leaf, a certificate, a line
 * @param reason what was expected and what was found, in a sentence
 */
public record Finding(String code, String file, String where, String reason) {}
