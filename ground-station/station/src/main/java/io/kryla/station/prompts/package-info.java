/**
 * What a bench says to its operator, in English, German and Ukrainian. Codes, names of measurements and units are the same in
 * every language. Start with {@link io.kryla.station.prompts.Prompts}.
 */
@NullMarked
package io.kryla.station.prompts;

import org.jspecify.annotations.NullMarked;
