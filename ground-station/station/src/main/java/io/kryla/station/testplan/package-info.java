/**
 * Test plans as people write them: YAML, held against a JSON schema, problems with file, line and the nearest valid name.
 * Start with {@link io.kryla.station.testplan.TestPlanFile}.
 */
@NullMarked
package io.kryla.station.testplan;

import org.jspecify.annotations.NullMarked;
