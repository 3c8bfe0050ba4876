package io.kryla.station.flight;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.PayloadType;
import io.kryla.ground.record.RecordedFlight;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.verdict.Judge;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.TelemetryTrack;
import io.kryla.hil.verdict.TruthTrack;
import io.kryla.hil.verdict.Verdict;
import io.kryla.hil.verdict.VerdictJson;
import io.kryla.identity.CertifiedEnvelopeVerifier;
import io.kryla.identity.CertifiedResult;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.folder.FileDigest;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.CommandResult;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.station.outcome.Finding;
import io.kryla.v1.AcceptanceRecord;
import io.kryla.v1.Envelope;
import io.kryla.v1.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whether a flight's verdict is what its recordings say: verified telemetry, the truth that the acceptance record names,
 * the plan that it names, judged again to the same bytes.
 *
 * @param vehicle the vehicle's file to compare with the record, if it is there: no verdict needs it
 * @param verdict verdict.json to compare with, if it is there
 */
public record VerdictCheck(Path flight, Path plan, Path vehicle, Path acceptance, Path truth, Path verdict) {

    public CommandResult run(X509Certificate root, Instant now) {
        requirePresent();
        AcceptancePlan read = AcceptancePlan.read(plan);
        List<Sample> samples = new ArrayList<>();
        RecordedFlight recorded = JudgedFlight.verified(flight, root, now, samples);
        AcceptanceRecord record = record(recorded);
        List<Finding> findings = new ArrayList<>();
        compare(
                findings,
                flight,
                recorded.sha256(),
                record.getFlightMcapSha256().toByteArray());
        compare(
                findings,
                truth,
                FileDigest.of(truth),
                record.getTruthMcapSha256().toByteArray());
        compare(findings, plan, read.sha256(), record.getPlanSha256().toByteArray());
        if (Files.exists(vehicle)) {
            compare(
                    findings,
                    vehicle,
                    FileDigest.of(vehicle),
                    record.getVehicleSha256().toByteArray());
        }
        if (!findings.isEmpty()) {
            return CommandResult.failed(List.of(), findings, List.of(), Map.of());
        }
        Verdict again = Judge.judge(
                read, record.getSeed(), record.getSimulatorBuild(), TruthTrack.read(truth), TelemetryTrack.of(samples));
        byte[] bytes = VerdictJson.encode(again);
        compare(
                findings,
                verdict,
                Digest.sha256(bytes),
                record.getVerdictSha256().toByteArray());
        if (Files.exists(verdict) && !Arrays.equals(bytes, DocumentFiles.read(verdict))) {
            findings.add(new Finding(
                    "HASH_MISMATCH", verdict.toString(), "whole file", "differs from the verdict computed again"));
        }
        if (again.outcome() != Outcome.PASS) {
            findings.add(new Finding(
                    "ACCEPTANCE_" + again.outcome(), flight.toString(), "verdict", "see " + verdict.getFileName()));
        }
        List<String> lines = List.of(again.outcome() + ": " + read.name() + ", seed " + record.getSeed()
                + (findings.stream().anyMatch(f -> f.code().equals("HASH_MISMATCH"))
                        ? ""
                        : ", recomputed to the same bytes"));
        Map<String, Object> details = Map.of(
                "outcome",
                again.outcome().name(),
                "verdict_sha256",
                Digest.sha256(bytes).hex());
        return findings.isEmpty()
                ? CommandResult.pass(lines, List.of(verdict), details)
                : CommandResult.failed(lines, findings, List.of(), details);
    }

    private void requirePresent() {
        DocumentFiles.requireFile(flight);
        if (!Files.exists(truth)) {
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "TRUTH_MISSING",
                    "no truth recording",
                    truth.toString(),
                    "name it with --truth: without it no verdict can be computed");
        }
        if (!Files.exists(acceptance)) {
            throw new CommandFailure(
                    ExitStatus.ERROR,
                    "ACCEPTANCE_MISSING",
                    "no acceptance record",
                    acceptance.toString(),
                    "name it with --acceptance");
        }
    }

    /** The record, by a station of the airframe's line that the recording's bundle knew when the record says that it was signed. */
    private AcceptanceRecord record(RecordedFlight recorded) {
        Envelope untrusted = DocumentFiles.readEnvelope(acceptance);
        String line = recorded.bundle()
                .ledger(recorded.airframe().ledgerOrigin())
                .orElseThrow(() -> new IllegalStateException("the birth was proven in a ledger of the bundle"))
                .line();
        CertifiedResult result = CertifiedEnvelopeVerifier.of(recorded.bundle(), Role.STATION, recorded.crls())
                .ofLine(line)
                .verify(
                        untrusted,
                        PayloadType.ACCEPTANCE_RECORD,
                        Instant.ofEpochSecond(content(untrusted.getPayload()).getSignedAtUnixSeconds()));
        if (result instanceof CertifiedResult.Rejected rejected) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    rejected.code(),
                    rejected.reason(),
                    acceptance.toString(),
                    "the record was not signed by a station of the airframe's line");
        }
        return content(untrusted.getPayload());
    }

    private AcceptanceRecord content(ByteString payload) {
        try {
            return AcceptanceRecord.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "MALFORMED",
                    "not an acceptance record",
                    acceptance.toString(),
                    "check the file");
        }
    }

    private static void compare(List<Finding> findings, Path file, Digest found, byte[] expected) {
        if (!found.matches(expected)) {
            findings.add(new Finding(
                    "HASH_MISMATCH",
                    file.toString(),
                    "whole file",
                    "the acceptance record names another one, this has SHA-256 " + found.hex()));
        }
    }
}
