/** The checker of histories against planted violations. */
@NullMarked
package io.kryla.station.trial;

import org.jspecify.annotations.NullMarked;
