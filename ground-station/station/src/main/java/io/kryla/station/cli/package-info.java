/**
 * The front door: the commands of {@code kryla}, their exit status, their errors and their JSON.
 *
 * <p>The command line is an API: exit 0 is a pass, 1 a failed verification, a failed acceptance or a refusal, 2 a usage
 * error, 3 an error of the rig or its environment. Only this package may import the CLI library, read the wall clock and
 * end the process. Start reading at {@link io.kryla.station.cli.Kryla}, then {@link io.kryla.station.cli.KrylaCommand}.
 */
@NullMarked
package io.kryla.station.cli;

import org.jspecify.annotations.NullMarked;
