package io.kryla.factory.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Real PKCS#11 tokens of SoftHSM, in the folder that the environment variable SOFTHSM2_CONF of this JVM points to. The module
 * lists tokens when a process first loads it, so all are set up before.
 */
final class SoftHsm {
    static final String PIN = "1234-of-a-test";

    private static final String OFFICER_PIN = "9876-of-a-test";
    private static final Path CONFIGURATION = Path.of(System.getenv("SOFTHSM2_CONF"));
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");
    private static final List<String> MODULES = List.of(
            "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so");
    private static final List<TokenAddress> FRESH = setUp(8);

    private SoftHsm() {}

    /** A token that no other test uses. */
    static synchronized TokenAddress fresh() {
        return FRESH.remove(0);
    }

    static Path module() {
        return MODULES.stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no SoftHSM module in " + MODULES));
    }

    /** What OpenSC's tool says of the token. */
    static String pkcs11Tool(TokenAddress token, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "pkcs11-tool",
                "--module",
                token.modulePath().toString(),
                "--slot",
                Long.toString(token.slotId()),
                "--login",
                "--pin",
                PIN));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static List<TokenAddress> setUp(int count) {
        try {
            Path tokens = CONFIGURATION.resolveSibling("softhsm-tokens");
            deleteIfThere(tokens);
            Files.createDirectories(tokens);
            Files.writeString(
                    CONFIGURATION,
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            List<TokenAddress> addresses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String said = run(List.of(
                        "softhsm2-util",
                        "--init-token",
                        "--free",
                        "--label",
                        "kryla-test-" + i,
                        "--so-pin",
                        OFFICER_PIN,
                        "--pin",
                        PIN));
                Matcher slot = SLOT.matcher(said);
                if (!slot.find()) {
                    throw new IllegalStateException("no slot in: " + said);
                }
                addresses.add(new TokenAddress(module(), Long.parseLong(slot.group(1))));
            }
            return addresses;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteIfThere(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command.get(0) + " failed: " + said);
            }
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command.get(0) + " cannot be run: install softhsm2 and opensc", e);
        }
    }
}
