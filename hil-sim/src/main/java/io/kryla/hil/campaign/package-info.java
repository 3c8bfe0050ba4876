/**
 * Many flights of one plan over all cores, what became of each, and what that says of all (campaigns.md). Imports {@code
 * scenario}, {@code flight}, {@code verdict} and {@code keys}. Start at {@link io.kryla.hil.campaign.CampaignRun}.
 */
@NullMarked
package io.kryla.hil.campaign;

import org.jspecify.annotations.NullMarked;
