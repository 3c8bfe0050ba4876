package io.kryla.factory.audit;

/**
 * One thing that is wrong.
 *
 * @param code stable, such as {@code NO_QUORUM}
 * @param file path relative to the folder
 * @param where place in the file
 * @param reason what was expected and what was found
 */
public record AuditFinding(String code, String file, String where, String reason) {}
