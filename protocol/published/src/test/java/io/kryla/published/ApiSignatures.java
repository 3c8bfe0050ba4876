package io.kryla.published;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * What others can compile against, as the JDK's {@code javap} prints it, classes and members in alphabetical order: to move
 * code changes nothing.
 */
final class ApiSignatures {
    private ApiSignatures() {}

    static List<String> of(PublishedModule module) {
        List<String> lines = new ArrayList<>();
        List<String> members = new ArrayList<>();
        for (String line : javap(module)) {
            if (line.startsWith("  ")) {
                members.add(line);
                continue;
            }
            members.stream().sorted().forEach(lines::add);
            members.clear();
            if (!line.startsWith("Compiled from")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> javap(PublishedModule module) {
        ToolProvider javap = ToolProvider.findFirst("javap")
                .orElseThrow(() -> new IllegalStateException("this JDK has no javap; install a full one"));
        StringWriter out = new StringWriter();
        String[] arguments = Stream.concat(
                        Stream.of(
                                "-protected",
                                "-constants",
                                "-classpath",
                                module.classes().toString()),
                        module.publicClasses().stream().map(JavaClass::getName))
                .toArray(String[]::new);
        int exit = javap.run(new PrintWriter(out), new PrintWriter(out), arguments);
        if (exit != 0) {
            throw new IllegalStateException("javap could not read " + module + ": " + out);
        }
        return out.toString().lines().toList();
    }
}
