package io.kryla.test;

import io.kryla.airframe.ParameterStore;
import io.kryla.v1.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Parameters by name. Any thread. */
final class MemoryParameters implements ParameterStore {
    private final Map<String, Parameter> values = new ConcurrentSkipListMap<>();

    @Override
    public void write(List<Parameter> parameters) {
        parameters.forEach(parameter -> values.put(parameter.getName(), parameter));
    }

    @Override
    public List<Parameter> read() {
        return new ArrayList<>(values.values());
    }
}
