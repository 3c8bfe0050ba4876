/**
 * The licensor's audit: what a line's published folder proves, from the root certificate alone, without a network.
 *
 * <p>Reads files, trusts none of them, and never throws on what is in them. May import the factory's verifiers, the replay
 * of a ledger and the verification of recorded flights. Start reading at {@link io.kryla.factory.audit.FolderAudit}.
 */
@NullMarked
package io.kryla.factory.audit;

import org.jspecify.annotations.NullMarked;
