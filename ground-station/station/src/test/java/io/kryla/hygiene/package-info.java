/**
 * What tracked files may not hold: traces of the machine they were written on, and habits the build cannot see
 * elsewhere. Start with {@code TrackedFilesTest}.
 */
package io.kryla.hygiene;
