package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A licensor, three holders of license keys and a line, each with a folder and a PIN of their own, on the command line. */
final class LicensorBench {
    static final String PIN = "correct horse";
    private static final Path TEMPLATE = make();

    final Path folder;
    final Path licensor;
    final Path line;
    final Path pin;

    /** A copy of a bench where a line has a license of one unit: opening a key takes a while, founding opens many. */
    static LicensorBench withLine(Path folder) throws IOException {
        FolderCopy.copy(TEMPLATE, folder);
        return new LicensorBench(folder);
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("kryla-licensor").resolve("bench");
            Files.createDirectory(folder);
            new LicensorBench(folder).lineWith(1);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LicensorBench(Path folder) throws IOException {
        this.folder = folder;
        this.licensor = folder.resolve("licensor");
        this.line = folder.resolve("line");
        this.pin = folder.resolve("pin");
        Files.writeString(pin, PIN + "\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
    }

    /** Runs a command that has to pass. */
    static Cli passes(Object... arguments) {
        Cli run = Cli.run(arguments);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        return run;
    }

    Path key(String holder) {
        return folder.resolve(holder + ".key");
    }

    Path publicKey(String holder) {
        return folder.resolve(holder + ".pub");
    }

    void makeKey(String holder) {
        passes(
                "licensor",
                "key",
                "--holder",
                holder,
                "--key",
                key(holder),
                "--pin-file",
                pin,
                "--out",
                publicKey(holder));
    }

    Cli init(Path into, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "licensor",
                "init",
                "--dir",
                into,
                "--pin-file",
                pin,
                "--country",
                "UA",
                "--name",
                "Licensor",
                "--design",
                "KX-1",
                "--maker-code",
                "ZZZZ"));
        for (String holder : List.of("alice", "bob", "carol")) {
            arguments.add("--license-key");
            arguments.add(publicKey(holder));
        }
        arguments.addAll(List.of("--witness", publicKey("witness")));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    /** Keys of all, and a licensor. */
    private void found() {
        for (String holder : List.of("alice", "bob", "carol", "witness")) {
            makeKey(holder);
        }
        Cli init = init(licensor);
        assertThat(init.exit()).as(init.err()).isZero();
    }

    Cli sign(Path draft, String holder) {
        return Cli.run("licensor", "sign", draft, "--key", key(holder), "--pin-file", pin, "--yes");
    }

    Cli take(Path draft) {
        return Cli.run("licensor", "take", draft, "--dir", licensor, "--pin-file", pin);
    }

    /** Two persons sign, the desk takes it in. */
    void putInForce(Path draft) {
        assertThat(sign(draft, "alice").exit()).isZero();
        assertThat(sign(draft, "carol").exit()).isZero();
        Cli take = take(draft);
        assertThat(take.exit()).as(take.err()).isZero();
    }

    /** Keys of a line and its request, admitted. */
    private void admitLine() {
        Path request = folder.resolve("de-01.request");
        passes(
                "line",
                "init",
                "--dir",
                line,
                "--line",
                "DE-01",
                "--country",
                "DE",
                "--name",
                "Bau GmbH",
                "--out",
                request);
        Path draft = folder.resolve("line.draft");
        passes("licensor", "line", request, "--dir", licensor, "--out", draft);
        putInForce(draft);
    }

    Path draftLicense(int quota, String name, Object... more) {
        Path draft = folder.resolve(name);
        List<Object> arguments = new ArrayList<>(
                List.of("licensor", "license", "--dir", licensor, "--line", "DE-01", "--quota", quota, "--out", draft));
        arguments.addAll(List.of(more));
        passes(arguments.toArray());
        return draft;
    }

    private void releaseFirmware(byte[] image) throws IOException {
        Path file = folder.resolve("image.bin");
        Files.write(file, image);
        Path draft = folder.resolve("firmware-" + image.length + ".draft");
        passes(
                "licensor",
                "firmware",
                "--dir",
                licensor,
                "--image",
                file,
                "--firmware-version",
                "1.0.0",
                "--out",
                draft,
                "--parameter",
                "battery.low_ratio=0.15");
        putInForce(draft);
    }

    Path deliver(String name) {
        Path out = folder.resolve(name);
        passes("licensor", "deliver", "--dir", licensor, "--line", "DE-01", "--out", out);
        return out;
    }

    Cli install(Path delivery, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("line", "install", "--dir", line, delivery, "--json"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    /** All of it: a line with a license of so many units and a firmware. */
    private void lineWith(int quota) throws IOException {
        found();
        admitLine();
        putInForce(draftLicense(quota, "license-1.draft"));
        releaseFirmware(new byte[] {1, 2, 3});
        Cli installed = install(deliver("first.delivery"), "--root", licensor.resolve("root.pem"));
        assertThat(installed.exit()).as(installed.out() + installed.err()).isZero();
    }
}
