package io.kryla.airframe;

import io.kryla.v1.Parameter;
import java.util.List;

/** Of an airframe whose parameters cannot be reached in flight. */
final class NoParameters implements ParameterStore {
    @Override
    public void write(List<Parameter> parameters) {
        throw new UnsupportedOperationException("the desk refuses commands that write parameters");
    }

    @Override
    public List<Parameter> read() {
        return List.of();
    }
}
