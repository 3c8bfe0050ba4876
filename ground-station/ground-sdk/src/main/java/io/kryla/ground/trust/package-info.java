/**
 * What a ground believes, as files: the documents that a licensor publishes, read anew as they are replaced. May import keys,
 * tlog and identity. Start at {@link io.kryla.ground.trust.TrustFolder}.
 */
@NullMarked
package io.kryla.ground.trust;

import org.jspecify.annotations.NullMarked;
