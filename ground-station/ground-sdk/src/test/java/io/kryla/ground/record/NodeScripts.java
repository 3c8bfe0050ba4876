package io.kryla.ground.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts of {@code src/test/node} with the packages that their lock file names, installed once beside the classes. */
final class NodeScripts {
    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final long MOST_SECONDS = 240;

    private final Path home;

    private NodeScripts(Path home) {
        this.home = home;
    }

    static NodeScripts install() throws IOException, InterruptedException {
        Path home = Files.createDirectories(Path.of("target/foreign-mcap").toAbsolutePath());
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, home.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        NodeScripts scripts = new NodeScripts(home);
        Path installed = home.resolve("node_modules/.installed-from");
        byte[] lock = Files.readAllBytes(home.resolve("package-lock.json"));
        if (!Files.exists(installed) || Files.mismatch(installed, home.resolve("package-lock.json")) >= 0) {
            Ended npm = scripts.end("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            assertThat(npm.status()).as("npm ci says %s", npm.lines()).isZero();
            Files.write(installed, lock);
        }
        return scripts;
    }

    /** @param lines of standard output and standard error */
    record Ended(int status, List<String> lines) {}

    /** Runs a script to its good end and returns what it printed. */
    List<String> run(String script, Object... arguments) throws IOException, InterruptedException {
        Ended ended = tryRun(script, arguments);
        assertThat(ended.status()).as("%s says %s", script, ended.lines()).isZero();
        return ended.lines();
    }

    Ended tryRun(String script, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", script));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return end(command.toArray(new String[0]));
    }

    private Ended end(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", List.of(command))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readAllLines(output, UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
