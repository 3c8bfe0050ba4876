/**
 * A line's side of provisioning (protocol.md §8): from a claim to a birth that stands in the ledger. {@code
 * UnitConversation} is the protocol, one object a connection, without sockets; {@code ProvisioningService} puts it on a
 * TLS listener. What a unit has reached and what was measured lies in the line's ledger, so that either side may stop at
 * any message. May import {@code pki}, {@code license}, {@code ledger}, {@code ground.link} and sdk-core. Start with
 * {@code UnitConversation}.
 */
@NullMarked
package io.kryla.factory.provisioning;

import org.jspecify.annotations.NullMarked;
