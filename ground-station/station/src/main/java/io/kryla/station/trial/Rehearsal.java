package io.kryla.station.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kryla.factory.witness.Witness;
import io.kryla.keys.EncryptedKeyFile;
import io.kryla.station.folder.StagedFolder;
import io.kryla.station.http.WitnessServer;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.Finding;
import io.kryla.station.outcome.Progress;
import io.kryla.tlog.TileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A line from the first key to the audit, by the commands that people use: a licensor whose holders sign two of three, a line whose
 * authorities lie in a token, two stations whose operators' badges lie in tokens of their own, a witness, a service, and more airframes
 * than the license allows. What the stations were told is held against what the auditor counts.
 *
 * @param out where all of it is left; absent, empty, or an earlier rehearsal with {@code replace}
 * @param units airframes that are plugged in at both stations together
 * @param quota births that the license allows
 * @param seed of how the airframes fall to the stations
 */
public record Rehearsal(Path out, boolean replace, int units, int quota, long seed) {
    /** More of them refused at once, and a station has no slot left. */
    public static final int MOST_UNITS = 128;

    private static final String LINE = "DE-01";
    private static final List<String> HOLDERS = List.of("holder-1", "holder-2", "holder-3");
    private static final int STATIONS = 2;
    private static final int MOST_SLOTS = 64;
    private static final int FIRMWARE_BYTES = 65_536;
    private static final Set<String> RESULTS = Set.of(
            "licensor",
            "licensor.private",
            "line",
            "line.private",
            "papers",
            "station-1",
            "station-2",
            "tokens",
            "softhsm2.conf",
            "witness",
            "services.log",
            "audit.json");

    /** This program. */
    public interface Program {
        /** Runs a command here and returns what it printed with {@code --json}, whatever its exit status. */
        JsonNode run(List<String> arguments);

        /** The command of a process of its own. */
        List<String> command(List<String> arguments);
    }

    /**
     * How it ended.
     *
     * @param granted births that stations were told of
     * @param refused airframes that stations were refused
     * @param duplicates serials that were told twice, and births beyond those that were told
     * @param lost births that were told and that the auditor does not find
     */
    public record Report(int granted, int refused, int duplicates, int lost, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    /** @throws io.kryla.station.outcome.CommandFailure SOFTHSM_MISSING, or what is wrong with the folder */
    public Report run(Program program, InstantSource clock, SecureRandom random, Progress progress) {
        try (StagedFolder staged = StagedFolder.begin(out, RESULTS, replace)) {
            Stage stage = new Stage(staged.folder(), program, random);
            progress.step("A licensor, its holders, and a license for " + quota + " units");
            stage.foundLicensor();
            progress.step("A line whose keys lie in a token");
            stage.foundLine(quota);
            progress.step("Badges of two operators, in tokens");
            for (int station = 1; station <= STATIONS; station++) {
                stage.issueBadge(station);
            }
            progress.step(units + " airframes at two stations");
            List<JsonNode> told = stage.provision(shares(), clock);
            progress.step("Audit");
            Report report = judge(told, stage.audit());
            staged.commit();
            return report;
        }
    }

    /** At least one airframe each, and no more than a station has slots. */
    private int[] shares() {
        int most = Math.min(MOST_SLOTS, units - 1);
        int any = 1 + new Random(seed).nextInt(units - 1);
        int first = Math.max(units - most, Math.min(most, any));
        return new int[] {first, units - first};
    }

    private Report judge(List<JsonNode> told, JsonNode audit) {
        List<Finding> findings = new ArrayList<>();
        Set<String> serials = new HashSet<>();
        int granted = 0;
        int refused = 0;
        for (JsonNode station : told) {
            granted += station.path("granted").asInt();
            refused += station.path("refused").asInt();
            station.path("serials").forEach(serial -> {
                if (!serials.add(serial.asText())) {
                    findings.add(new Finding("SERIAL_TWICE", "", serial.asText(), "two airframes were told it"));
                }
            });
            station.path("findings").forEach(finding -> {
                if (!finding.path("code").asText().equals("QUOTA_EXHAUSTED")) {
                    findings.add(new Finding(
                            finding.path("code").asText(),
                            "",
                            "station",
                            finding.path("reason").asText()));
                }
            });
        }
        int born = audit.at("/ledgers/0/licenses/0/born").asInt();
        audit.path("findings")
                .forEach(finding -> findings.add(new Finding(
                        finding.path("code").asText(),
                        finding.path("file").asText(),
                        finding.path("where").asText(),
                        finding.path("reason").asText())));
        int expected = Math.min(units, quota);
        if (granted != expected || refused != units - expected) {
            findings.add(new Finding(
                    "COUNT_WRONG",
                    "",
                    "stations",
                    expected + " births and " + (units - expected) + " refusals expected, got " + granted + " and "
                            + refused));
        }
        if (born != granted) {
            findings.add(new Finding(
                    "COUNT_WRONG", "", "ledger", granted + " births were told, the auditor counts " + born));
        }
        int duplicates = granted - serials.size() + Math.max(0, born - granted);
        return new Report(granted, refused, duplicates, Math.max(0, granted - born), findings);
    }

    /** The folder and its PIN. Confined to one thread. */
    private static final class Stage {
        private final Path folder;
        private final Path papers;
        private final Path licensor;
        private final Path line;
        private final Path pinFile;
        private final Program program;
        private final SecureRandom random;
        private final String pin;
        private final SoftTokens tokens;
        private final List<String> badges = new ArrayList<>();

        Stage(Path folder, Program program, SecureRandom random) {
            this.folder = folder;
            this.program = program;
            this.random = random;
            this.papers = folder.resolve("papers");
            this.licensor = folder.resolve("licensor");
            this.line = folder.resolve("line");
            this.pinFile = papers.resolve("pin");
            this.pin = secret();
            this.tokens = SoftTokens.in(folder);
            try {
                Files.createDirectory(papers, PosixFilePermissions.asFileAttribute(SoftTokens.OWNERS));
                Files.createFile(
                        pinFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(pinFile, pin);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String secret() {
            byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        void foundLicensor() {
            makeKey("witness");
            List<Object> init = new ArrayList<>(
                    List.of("licensor", "init", "--dir", licensor, "--pin-file", pinFile, "--country", "UA", "--name"));
            init.addAll(List.of("Licensor", "--design", "KX-1", "--maker-code", "ZZZZ"));
            for (String holder : HOLDERS) {
                makeKey(holder);
                init.addAll(List.of("--license-key", papers.resolve(holder + ".pub")));
            }
            init.addAll(List.of("--witness", papers.resolve("witness.pub")));
            here(init);
        }

        private void makeKey(String holder) {
            here(List.of(
                    "licensor",
                    "key",
                    "--holder",
                    holder,
                    "--key",
                    key(holder),
                    "--pin-file",
                    pinFile,
                    "--out",
                    papers.resolve(holder + ".pub")));
        }

        private Path key(String holder) {
            return papers.resolve(holder + ".key");
        }

        void foundLine(int quota) {
            String token = tokens.make("kryla-line", pin, secret());
            Path request = papers.resolve("line.request");
            List<Object> init = new ArrayList<>(List.of("line", "init", "--dir", line, "--line", LINE));
            init.addAll(List.of("--country", "DE", "--name", "Line", "--token", token, "--pin-file", pinFile));
            init.addAll(List.of("--out", request));
            elsewhere(init);
            Path admission = papers.resolve("line.draft");
            here(List.of("licensor", "line", request, "--dir", licensor, "--out", admission));
            putInForce(admission);
            Path license = papers.resolve("license.draft");
            here(List.of("licensor", "license", "--dir", licensor, "--line", LINE, "--quota", quota, "--out", license));
            putInForce(license);
            Path firmware = papers.resolve("firmware.draft");
            here(List.of(
                    "licensor",
                    "firmware",
                    "--dir",
                    licensor,
                    "--image",
                    image(),
                    "--firmware-version",
                    "1.0.0",
                    "--parameter",
                    "battery.low_ratio=0.15",
                    "--out",
                    firmware));
            putInForce(firmware);
            Path delivery = papers.resolve("line.delivery");
            here(List.of("licensor", "deliver", "--dir", licensor, "--line", LINE, "--out", delivery));
            elsewhere(List.of(
                    "line",
                    "install",
                    delivery,
                    "--dir",
                    line,
                    "--root",
                    licensor.resolve("root.pem"),
                    "--pin-file",
                    pinFile));
        }

        private Path image() {
            byte[] image = new byte[FIRMWARE_BYTES];
            random.nextBytes(image);
            try {
                return Files.write(papers.resolve("firmware.bin"), image);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Two of the three sign, the desk takes it in. */
        private void putInForce(Path draft) {
            for (String holder : HOLDERS.subList(0, 2)) {
                here(List.of("licensor", "sign", draft, "--key", key(holder), "--pin-file", pinFile, "--yes"));
            }
            here(List.of("licensor", "take", draft, "--dir", licensor, "--pin-file", pinFile));
        }

        void issueBadge(int station) {
            String token = tokens.make("kryla-badge-" + station, pin, secret());
            List<Object> issue = new ArrayList<>(List.of("line", "badge", "issue", "--dir", line, "--line", LINE));
            issue.addAll(List.of("--line-pin-file", pinFile, "--card", "card-" + station, "--role", "technician"));
            issue.addAll(List.of("--badge", token, "--pin-file", pinFile));
            elsewhere(issue);
            badges.add(token);
        }

        /** What each station said at its end. */
        List<JsonNode> provision(int[] shares, InstantSource clock) {
            Premises premises = Premises.open(line, clock, random);
            List<RuntimeException> faults = new ArrayList<>();
            try (Witness witness = Witness.open(
                            folder.resolve("witness"),
                            premises.bundle(),
                            EncryptedKeyFile.read(key("witness"), pin.toCharArray()),
                            clock);
                    WitnessServer server = WitnessServer.start(
                            witness,
                            TileSource.folder(line),
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            fault -> {
                                synchronized (faults) {
                                    faults.add(fault);
                                }
                            })) {
                List<JsonNode> told = provisionWith(
                        "http://localhost:" + server.boundAddress().getPort(), shares);
                synchronized (faults) {
                    if (!faults.isEmpty()) {
                        throw new TrialException("the witness failed: " + faults.get(0));
                    }
                }
                return told;
            }
        }

        private List<JsonNode> provisionWith(String witness, int[] shares) {
            List<String> serve = program.command(texts(List.of(
                    "line",
                    "serve",
                    "--dir",
                    line,
                    "--line",
                    LINE,
                    "--listen",
                    "127.0.0.1:0",
                    "--witness",
                    witness,
                    "--pin-file",
                    pinFile)));
            try (LineProcess service =
                    LineProcess.start(tokens.into(new ProcessBuilder(serve)), folder.resolve("services.log"))) {
                List<Process> stations = new ArrayList<>();
                for (int station = 1; station <= STATIONS; station++) {
                    stations.add(start(bench(station, service.address(), shares[station - 1])));
                }
                List<JsonNode> told = new ArrayList<>();
                for (Process station : stations) {
                    told.add(resultOf(station));
                }
                service.end();
                return told;
            }
        }

        private List<String> bench(int station, String address, int share) {
            return program.command(texts(List.of(
                    "provision",
                    "--line",
                    address,
                    "--bench",
                    folder.resolve("station-" + station),
                    "--badge",
                    badges.get(station - 1),
                    "--pin-file",
                    pinFile,
                    "--root",
                    licensor.resolve("root.pem"),
                    "--firmware",
                    papers.resolve("firmware.bin"),
                    "--slots",
                    share,
                    "--json")));
        }

        /** From the root that the licensor has, whatever the line says. */
        JsonNode audit() {
            JsonNode audit =
                    program.run(texts(List.of("audit", line, "--root", licensor.resolve("root.pem"), "--json")));
            try {
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(folder.resolve("audit.json").toFile(), ((ObjectNode) audit).without("files"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return audit;
        }

        private void here(List<?> arguments) {
            List<String> command = new ArrayList<>(texts(arguments));
            command.add("--json");
            requirePassed(command, program.run(command));
        }

        /** In a process that sees the tokens. */
        private void elsewhere(List<?> arguments) {
            List<String> command = new ArrayList<>(texts(arguments));
            command.add("--json");
            requirePassed(command, resultOf(start(program.command(command))));
        }

        private static void requirePassed(List<String> command, JsonNode result) {
            if (!result.path("ok").asBoolean()) {
                throw new TrialException("kryla " + String.join(" ", command) + " ended with "
                        + result.path("code").asText("no result") + ": "
                        + result.at("/findings/0/reason").asText());
            }
        }

        private Process start(List<String> command) {
            try {
                return tokens.into(new ProcessBuilder(command))
                        .redirectError(ProcessBuilder.Redirect.appendTo(
                                folder.resolve("services.log").toFile()))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JsonNode resultOf(Process process) {
            try {
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                process.waitFor();
                return new ObjectMapper().readTree(printed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new TrialException("interrupted while a command ran");
            }
        }

        private static List<String> texts(List<?> arguments) {
            return arguments.stream().map(Object::toString).toList();
        }
    }
}
