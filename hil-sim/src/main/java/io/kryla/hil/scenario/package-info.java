/**
 * What is to be flown and how it is judged, read from files: acceptance plans, vehicles and campaigns in YAML, checked against the
 * committed JSON schemas, with errors that name file, line, column and the nearest valid word. Knows nothing of a
 * flight's course. May import {@code io.kryla.keys} (digest, exception) and the
 * parameter records that the files fill: {@code io.kryla.hil.physics}, {@code .sensors}, {@code .control}, {@code
 * .geometry}. Start at {@link
 * io.kryla.hil.scenario.AcceptancePlan}.
 */
@NullMarked
package io.kryla.hil.scenario;

import org.jspecify.annotations.NullMarked;
