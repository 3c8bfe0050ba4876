package io.kryla.airframe;

import io.kryla.keys.KrylaException;
import io.kryla.v1.Command;
import io.kryla.v1.Parameter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes parameters by command (protocol.md §7.4). Flight thread only. */
final class ParameterDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ParameterDesk.class);
    private static final int MOST_PARAMETERS = 16;
    private static final int LONGEST_NAME = 32;

    private final ParameterStore store;

    ParameterDesk(ParameterStore store) {
        this.store = store;
    }

    /** What became of a command. */
    sealed interface Answer {
        record Refused(String code) implements Answer {}

        record Done(List<Parameter> parameters) implements Answer {}

        /** The store broke down half way: what it holds now is not known. */
        record Failed(String code) implements Answer {}
    }

    /** @param armed whether the airframe is: then nothing is written */
    Answer answer(Command command, boolean armed) {
        try {
            return command.hasWriteParameters()
                    ? write(command.getWriteParameters().getParametersList(), armed)
                    : read(command.getReadParameters().getNamesList());
        } catch (KrylaException e) {
            LOG.warn("parameters are out of reach: {}: {}", e.code(), e.getMessage());
            return new Answer.Failed(e.code());
        }
    }

    private Answer read(List<String> names) {
        return refusal(names).<Answer>map(Answer.Refused::new).orElseGet(() -> select(names, all()));
    }

    private Answer write(List<Parameter> wanted, boolean armed) {
        List<String> names = wanted.stream().map(Parameter::getName).collect(Collectors.toList());
        Optional<String> refusal = refusal(names);
        if (refusal.isPresent()) {
            return new Answer.Refused(refusal.get());
        }
        if (!wanted.stream().allMatch(parameter -> Double.isFinite(parameter.getValue()))) {
            return new Answer.Refused("OUT_OF_RANGE");
        }
        if (armed) {
            return new Answer.Refused("ARMED");
        }
        Answer known = select(names, all());
        if (known instanceof Answer.Refused) {
            return known;
        }
        store.write(wanted);
        return select(names, all());
    }

    private static Optional<String> refusal(List<String> names) {
        Set<String> distinct = new HashSet<>(names);
        boolean bounded = !names.isEmpty()
                && names.size() <= MOST_PARAMETERS
                && distinct.size() == names.size()
                && names.stream().allMatch(ParameterDesk::isName);
        return bounded ? Optional.empty() : Optional.of("OUT_OF_RANGE");
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static Answer select(List<String> names, Map<String, Parameter> all) {
        if (!all.keySet().containsAll(names)) {
            return new Answer.Refused("UNKNOWN_PARAMETER");
        }
        return new Answer.Done(names.stream().map(all::get).collect(Collectors.toList()));
    }

    private Map<String, Parameter> all() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        store.read().forEach(parameter -> all.put(parameter.getName(), parameter));
        return all;
    }
}
