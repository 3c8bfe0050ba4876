/**
 * Handing an accepted airframe over (protocol.md §11, §12): the export authorisation, the line's desk that writes each
 * transfer into the ledger, and the capsule that proves all of it offline. May import {@code ownership}, {@code ledger},
 * {@code provisioning} and {@code acceptance} (names of documents) and sdk-core. Start with {@code ExportDesk}, or with
 * {@code CapsuleVerifier} for what a stranger can check.
 */
@NullMarked
package io.kryla.factory.handover;

import org.jspecify.annotations.NullMarked;
