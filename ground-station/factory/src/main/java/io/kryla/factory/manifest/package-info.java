/**
 * The signed list of every file that a line puts into a published folder. {@code FolderFiles} reads and hashes the
 * folder, {@code FileManifests} signs and verifies the list, {@code FolderCheck} compares a folder with
 * verified lists and is pure of keys. May import {@code keys}, {@code dsse}, {@code identity} and {@code v1}. Start with
 * {@code FolderCheck}.
 */
@NullMarked
package io.kryla.factory.manifest;

import org.jspecify.annotations.NullMarked;
