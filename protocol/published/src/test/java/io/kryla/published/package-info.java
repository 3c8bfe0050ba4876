/**
 * What integrators get, under test from their side: the API against its committed signatures, the bills of materials, the
 * offline repository, the airframe's image. Start at {@link io.kryla.published.PublicApiTest}.
 */
@NullMarked
package io.kryla.published;

import org.jspecify.annotations.NullMarked;
