package io.kryla.station.workbench;

import io.kryla.factory.bench.BenchSession;
import io.kryla.factory.calibration.Pose;
import io.kryla.factory.provisioning.UnitLabel;
import io.kryla.keys.Digest;
import io.kryla.station.adapter.BenchAdapters;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.label.LabelScan;
import io.kryla.station.label.LabelSheet;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.BenchTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Does what the line asks a bench for: a simulated board is turned by itself, a person is asked where there is one; firmware
 * and labels go through the bench's programs. Safe for any thread.
 */
public final class TaskHands {
    private static final int LARGEST_IMAGE_BYTES = 16 << 20;

    /** Asks a person to hold the airframe, or to put its label on. False if it cannot be done. */
    public interface Person {
        boolean doIt(int slot, BenchTask task);

        /** Nobody: simulated boards turn by themselves. */
        static Person nobody() {
            return (slot, task) -> true;
        }
    }

    private final Path labels;
    private final Path firmware;
    private final BenchAdapters adapters;
    private final Person person;

    /**
     * @param labels folder that labels are kept in
     * @param firmware image that is flashed
     */
    public TaskHands(Path labels, Path firmware, BenchAdapters adapters, Person person) {
        this.labels = labels;
        this.firmware = firmware;
        this.adapters = adapters;
        this.person = person;
    }

    /** @return what the report says was read back or scanned */
    String perform(int slot, SimulatedBoard board, BenchSession session, BenchTask task) {
        return switch (task.getTaskCase()) {
            case HOLD -> hold(slot, board, task);
            case FLASH -> flash(slot, session, task);
            case LABEL -> label(slot, session, task);
            default -> throw notDone("TASK_UNKNOWN", "this bench is older than its line service", "update it");
        };
    }

    private String hold(int slot, SimulatedBoard board, BenchTask task) {
        Pose pose = Pose.ofWord(task.getHold().getPose())
                .orElseThrow(() ->
                        notDone("TASK_UNKNOWN", "no pose " + task.getHold().getPose(), "update the bench"));
        if (!person.doIt(slot, task)) {
            throw notDone("POSE_NOT_HELD", "the operator could not hold it", "start the airframe again");
        }
        board.hold(pose);
        return "";
    }

    /** Without a programmer the airframe flashes itself, and the report is empty. */
    private String flash(int slot, BenchSession session, BenchTask task) {
        if (adapters.flash().isEmpty()) {
            return "";
        }
        Digest released = session.firmware().imageSha256();
        if (!Digest.sha256(image(firmware)).equals(released)) {
            throw notDone(
                    "FIRMWARE_MISMATCH",
                    firmware + " is not the image of the signed release",
                    "get the released image " + session.firmware().content().getVersion());
        }
        Path output = temporary("read-back", ".bin");
        try {
            Map<String, String> values = Map.of(
                    "image", firmware.toAbsolutePath().toString(),
                    "output", output.toString(),
                    "size", Long.toString(session.firmware().content().getImageSizeBytes()),
                    "slot", Integer.toString(slot),
                    "serial", task.getSerial());
            adapters.flash().get().run(values);
            adapters.readBack().orElseThrow().run(values);
            return Digest.sha256(image(output)).toString();
        } finally {
            delete(output);
        }
    }

    private String label(int slot, BenchSession session, BenchTask task) {
        String text = task.getLabel().getText();
        String serial = UnitLabel.serial(text);
        LabelSheet sheet = new LabelSheet(text, serial, session.line());
        Path pdf = labels.resolve(serial + ".pdf");
        Path png = labels.resolve(serial + ".png");
        DocumentFiles.write(pdf, sheet.pdf());
        DocumentFiles.write(png, sheet.png());
        Map<String, String> values = Map.of(
                "pdf", pdf.toAbsolutePath().toString(),
                "png", png.toAbsolutePath().toString(),
                "slot", Integer.toString(slot),
                "serial", serial);
        adapters.print().ifPresent(print -> print.run(values));
        if (!person.doIt(slot, task)) {
            throw notDone("LABEL_NOT_READ", "the operator could not put the label on", "start the airframe again");
        }
        return scan(slot, serial, png);
    }

    /** Without a scanner the picture that was printed is read: it proves the label's content, not the print. */
    private String scan(int slot, String serial, Path png) {
        if (adapters.scan().isEmpty()) {
            return read(image(png));
        }
        Path output = temporary("scan", ".png");
        try {
            byte[] said = adapters.scan()
                    .get()
                    .run(Map.of("output", output.toString(), "slot", Integer.toString(slot), "serial", serial));
            byte[] picture = image(output);
            return picture.length > 0 ? read(picture) : new String(said, StandardCharsets.UTF_8).strip();
        } finally {
            delete(output);
        }
    }

    private static String read(byte[] picture) {
        Optional<String> text = LabelScan.text(picture);
        return text.orElseThrow(
                () -> notDone("LABEL_NOT_READ", "no code can be read on the label", "clean the lens, print it anew"));
    }

    private static Path temporary(String name, String suffix) {
        try {
            return Files.createTempFile("kryla-" + name, suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] image(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_IMAGE_BYTES + 1);
            if (bytes.length > LARGEST_IMAGE_BYTES) {
                throw notDone("FILE_TOO_LARGE", file + " is larger than 16 MiB", "look at the program that wrote it");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandFailure notDone(String code, String what, String remedy) {
        return new CommandFailure(ExitStatus.ERROR, code, what, "bench", remedy);
    }
}
