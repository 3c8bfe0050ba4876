/**
 * Many airframes on one station: real agents with real set-up and datagrams in a process of their own, and what the station makes of
 * them. Start reading at {@link io.kryla.bench.load.LoadRun}.
 */
@NullMarked
package io.kryla.bench.load;

import org.jspecify.annotations.NullMarked;
