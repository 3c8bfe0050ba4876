package io.kryla.station.trial;

import io.kryla.station.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PKCS#11 tokens of SoftHSM's in a folder. The library finds them through a variable of the environment, so only processes started with
 * {@link #into} see them; the configuration names the tokens relative to the folder, and those processes run in it.
 */
final class SoftTokens {
    static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private static final String CONFIGURATION = "softhsm2.conf";
    private static final String TOOL = "softhsm2-util";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

    private final Path folder;
    private final Path module;

    private SoftTokens(Path folder, Path module) {
        this.folder = folder;
        this.module = module;
    }

    /** @throws CommandFailure SOFTHSM_MISSING */
    static SoftTokens in(Path folder) {
        Path module = MODULES.stream().filter(Files::exists).findFirst().orElseThrow(SoftTokens::missing);
        try {
            Files.createDirectory(folder.resolve("tokens"), PosixFilePermissions.asFileAttribute(OWNERS));
            Files.writeString(
                    folder.resolve(CONFIGURATION),
                    "directories.tokendir = tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SoftTokens(folder, module);
    }

    private static CommandFailure missing() {
        return CommandFailure.usage(
                "SOFTHSM_MISSING",
                "this needs tokens, and SoftHSM is not installed",
                TOOL,
                "install the package softhsm2 of your system");
    }

    /**
     * Makes a token.
     *
     * @return what names it to {@code kryla}
     * @throws CommandFailure SOFTHSM_MISSING
     */
    String make(String label, String pin, String officerPin) {
        Process tool =
                start(List.of(TOOL, "--init-token", "--free", "--label", label, "--so-pin", officerPin, "--pin", pin));
        try {
            String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher slot = SLOT.matcher(said);
            if (tool.waitFor() != 0 || !slot.find()) {
                throw new TrialException(TOOL + " made no token: " + said.strip());
            }
            return "pkcs11:slot-id=" + slot.group(1) + "?module-path=" + module;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrialException("interrupted while a token was made");
        }
    }

    private Process start(List<String> command) {
        try {
            return into(new ProcessBuilder(command).redirectErrorStream(true)).start();
        } catch (IOException e) {
            throw missing();
        }
    }

    /** Lets a process see the tokens. */
    ProcessBuilder into(ProcessBuilder process) {
        process.directory(folder.toFile()).environment().put("SOFTHSM2_CONF", CONFIGURATION);
        return process;
    }
}
