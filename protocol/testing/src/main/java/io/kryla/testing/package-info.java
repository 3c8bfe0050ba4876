/**
 * What the tests of all modules have in common: properties that try the same values everywhere. Imported by no code; the
 * engine finds it as a service. Start with {@link io.kryla.testing.RepeatableProperties}.
 */
@NullMarked
package io.kryla.testing;

import org.jspecify.annotations.NullMarked;
