package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real small and real read-only file systems, mounted in a namespace of their own (util-linux {@code unshare}). */
final class DiskFaultIT {

    @Test
    void aFullDiskIsOneErrorLineAndLeavesNothing(@TempDir Path folder) throws Exception {
        Run run = mounted(
                folder, "size=1m", "demo --dir " + folder.resolve("disk").resolve("demo"));
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("STORAGE_FULL: ").doesNotContain("\tat ");
        assertThat(run.left()).as("what is left on the disk").isEmpty();
    }

    @Test
    void aReadOnlyDiskIsOneErrorLine(@TempDir Path folder) throws Exception {
        Run run = mounted(folder, "ro", "demo --dir " + folder.resolve("disk").resolve("demo"));
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("STORAGE_READ_ONLY: ").doesNotContain("\tat ");
        assertThat(run.left()).isEmpty();
    }

    @Test
    void tablesForWhichThereIsNoRoomAreNotBegun(@TempDir Path folder) throws Exception {
        Path flight = SharedDemo.folder().flight(SharedDemo.serial("DE-01")).recording();
        Run run = mounted(
                folder,
                "size=64k",
                "recording csv " + flight + " --root " + SharedDemo.folder().rootCertificate() + " --out "
                        + folder.resolve("disk").resolve("flight.csv"));
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("STORAGE_FULL: ").doesNotContain("\tat ");
        assertThat(run.left()).isEmpty();
    }

    @Test
    void aRepairForWhichThereIsNoRoomLeavesNothing(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(
                SharedDemo.folder().flight(SharedDemo.serial("DE-01")).recording());
        Path damaged = Files.write(folder.resolve("cut.mcap"), Arrays.copyOf(whole, whole.length - 1));
        Run run = mounted(
                folder,
                "size=16k",
                "recording repair " + damaged + " --out "
                        + folder.resolve("disk").resolve("flight.mcap"));
        assertThat(run.exit()).as(run.output()).isEqualTo(3);
        assertThat(run.output()).contains("STORAGE_FULL: ").doesNotContain("\tat ");
        assertThat(run.left()).isEmpty();
    }

    private record Run(int exit, String output, String left) {}

    /** Runs the command on a fresh tmpfs, then lists what is on it; the mount ends with the process. */
    private static Run mounted(Path folder, String option, String command) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path output = folder.resolve("output");
        Path left = folder.resolve("left");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = "mount -t tmpfs -o " + option + " tmpfs " + disk + " || exit 99; " + java + " -cp \"$CP\" "
                + Kryla.class.getName() + " " + command + "; code=$?; ls -A " + disk + " > " + left + "; exit $code";
        ProcessBuilder builder = new ProcessBuilder(List.of("unshare", "-rm", "sh", "-c", script))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CP", System.getProperty("java.class.path"));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("unshare and mount: " + text).isNotEqualTo(99);
        return new Run(process.exitValue(), text, Files.exists(left) ? Files.readString(left) : "");
    }
}
