package io.kryla.bench.factory;

import io.kryla.factory.pki.DesignCa;
import io.kryla.factory.pki.LineCa;
import io.kryla.factory.pki.PartyName;
import io.kryla.factory.pki.RootCa;
import io.kryla.factory.token.Pkcs11Token;
import io.kryla.factory.token.TokenAddress;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line CA whose P-384 key lies in a SoftHSM token: its certificates beside the bare signatures of the same key. */
final class TokenBench {
    private static final String PIN = "1234-of-a-measurement";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot (\\d+)");
    private static final List<String> MODULES = List.of(
            "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so");
    private static final String LICENSE = "1.3.6.1.4.1.32473.2.1";
    private static final String DESIGN = "1.3.6.1.4.1.32473.3.1";

    /** For each second of wall time, one after the other. */
    record Rates(double certificates, double signatures) {}

    private TokenBench() {}

    /** In a process of its own: SoftHSM finds its tokens by the environment of whoever loads it. */
    static Rates measure(Path folder, int certificates) throws IOException {
        Path configuration = folder.resolve("softhsm2.conf");
        Path tokens = Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(
                configuration,
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        String said = run(
                configuration,
                List.of("softhsm2-util", "--init-token", "--free", "--label", "bench", "--so-pin", PIN, "--pin", PIN));
        Matcher slot = SLOT.matcher(said);
        if (!slot.find()) {
            throw failed(said, null);
        }
        String rates = run(
                configuration,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TokenBench.class.getName(),
                        slot.group(1),
                        Integer.toString(certificates)));
        String[] words = rates.strip().split("\\s+");
        return new Rates(Double.parseDouble(words[words.length - 2]), Double.parseDouble(words[words.length - 1]));
    }

    private static String run(Path configuration, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(said, null);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        } catch (IOException e) {
            throw failed(command.get(0) + " cannot be run", e);
        }
    }

    private static IOException failed(String said, @Nullable Exception cause) {
        return new IOException("SoftHSM: " + said.strip().replace('\n', ' ') + "; apt-get install softhsm2", cause);
    }

    /** Prints certificates and signatures for each second. */
    public static void main(String[] args) {
        TokenAddress address = new TokenAddress(
                MODULES.stream()
                        .map(Path::of)
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no SoftHSM module in " + MODULES)),
                Long.parseLong(args[0]));
        int count = Integer.parseInt(args[1]);
        try (Pkcs11Token token = Pkcs11Token.open(address, PIN.toCharArray())) {
            Signer key = token.make("line-ca", SignatureAlgorithm.ECDSA_P384_SHA384);
            SecureRandom random = new SecureRandom();
            LineCa line = lineCa(key, random);
            Signer unit = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random);
            Instant now = Instant.now();
            Runnable issue = () -> line.issueIdevid(unit.key(), LICENSE, DESIGN, "ZZZZ8DE0100001", now);
            Runnable sign = () -> key.sign(new byte[512]);
            rate(count, issue);
            rate(count, sign);
            System.out.println(rate(count, issue) + " " + rate(count, sign));
        }
    }

    private static LineCa lineCa(Signer key, SecureRandom random) {
        Instant now = Instant.now();
        PartyName licensor = PartyName.of("UA", "Licensor");
        PartyName name = PartyName.ofLine("DE", "Line", "DE-01");
        Signer rootKey = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        Signer designKey = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P384_SHA384, random);
        RootCa root = RootCa.create(licensor, rootKey, now, random);
        DesignCa design = DesignCa.open(root.issueDesignCa(licensor, "K1", designKey.key(), now), designKey, random);
        return LineCa.open(design.issueLineCa(name, key.key(), List.of(LICENSE), now), name, key, random);
    }

    private static double rate(int count, Runnable each) {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            each.run();
        }
        return count * 1e9 / (System.nanoTime() - begun);
    }
}
