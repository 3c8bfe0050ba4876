package io.kryla.station.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.ParameterStore;
import io.kryla.keys.KrylaException;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.v1.Parameter;
import io.kryla.v1.ParametersReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** The autopilot's parameters as one file. */
final class FolderParameterStore implements ParameterStore {
    private final Path file;

    FolderParameterStore(Path folder) {
        this.file = folder.resolve("parameters.pb");
    }

    @Override
    public void write(List<Parameter> parameters) {
        TreeMap<String, Parameter> all = new TreeMap<>();
        read().forEach(parameter -> all.put(parameter.getName(), parameter));
        parameters.forEach(parameter -> all.put(parameter.getName(), parameter));
        DocumentFiles.write(
                file,
                ParametersReport.newBuilder()
                        .addAllParameters(all.values())
                        .build()
                        .toByteArray());
    }

    @Override
    public List<Parameter> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return ParametersReport.parseFrom(DocumentFiles.read(file)).getParametersList();
        } catch (InvalidProtocolBufferException e) {
            throw new KrylaException(
                    "PARAMETERS_CORRUPT", "the parameter file " + file + " cannot be decoded; write it anew", false, e);
        }
    }
}
