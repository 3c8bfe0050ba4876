/**
 * What an earlier version said and wrote, read by today's code. Start at {@link io.kryla.ground.golden.GoldenSessionTest}.
 */
@NullMarked
package io.kryla.ground.golden;

import org.jspecify.annotations.NullMarked;
