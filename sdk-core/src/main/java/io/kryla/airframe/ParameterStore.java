package io.kryla.airframe;

import io.kryla.v1.Parameter;
import java.util.List;

/** The autopilot's parameters. */
public interface ParameterStore {
    /** Sets the named parameters, durable when it returns; others stay as they are. */
    void write(List<Parameter> parameters);

    /** All that are set, read back from where the autopilot reads them, ascending by name. */
    List<Parameter> read();
}
