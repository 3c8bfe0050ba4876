package io.kryla.station.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.station.outcome.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandAdapterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void noShellReadsItsArguments() {
        CommandAdapter echo = new CommandAdapter("print", List.of("/bin/echo", "{serial}", "*"), LONG);
        assertThat(echo.run(Map.of("serial", "A; touch x $(id) `id` \"'")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("A; touch x $(id) `id` \"' *\n");
    }

    @Test
    void aValueCanBringNoPlaceholderOfItsOwn() {
        CommandAdapter echo = new CommandAdapter("print", List.of("/bin/echo", "{serial}"), LONG);
        assertThat(echo.run(Map.of("serial", "{png}$1\\", "png", "secret")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{png}$1\\\n");
    }

    @Test
    void aStatusOtherThanZeroIsNamedWithWhatTheProgramSaid() {
        assertThatThrownBy(() -> new CommandAdapter("flash", List.of("/bin/ls", "/no/such/folder"), LONG).run(Map.of()))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("ADAPTER_FAILED");
                    assertThat(failure.what()).contains("status 2").contains("/no/such/folder");
                    assertThat(failure.where()).isEqualTo("adapter flash");
                });
    }

    @Test
    void aProgramThatDoesNotEndIsEndedWithItsChildren() {
        CommandAdapter hangs =
                new CommandAdapter("flash", List.of("/bin/sh", "-c", "sleep 600 & wait"), Duration.ofMillis(300));
        assertThatThrownBy(() -> hangs.run(Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("ADAPTER_TIMEOUT"));
        assertThat(ProcessHandle.current().descendants().flatMap(child -> child.info().commandLine().stream()))
                .noneMatch(command -> command.contains("sleep 600"));
    }

    @Test
    void aProgramThatPrintsWithoutEndIsReadAndCutShort() {
        byte[] out =
                new CommandAdapter("scan", List.of("/usr/bin/head", "-c", "1000000", "/dev/zero"), LONG).run(Map.of());
        assertThat(out).hasSize(64 * 1024);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new CommandAdapter("print", List.of("/no/such/program"), LONG).run(Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("ADAPTER_MISSING"));
    }

    @Test
    void aMisspeltPlaceholderIsShownWithItsPlaceAndTheNearestOne() {
        String yaml = """
                format: kryla-bench-adapters/1
                print:
                  command: [lp, "{pfd}"]
                """;
        assertThatThrownBy(() -> BenchAdapters.parse("bench.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("bench.yaml:3:3: unknown placeholder {pfd}; did you mean \"pdf\"?");
    }

    @Test
    void flashingNeedsAWayToReadBack() {
        String yaml = """
                format: kryla-bench-adapters/1
                flash:
                  command: [st-flash, write, "{image}", "0x8000000"]
                """;
        assertThatThrownBy(() -> BenchAdapters.parse("bench.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("read-back");
    }
}
