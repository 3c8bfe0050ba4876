package io.kryla.station.flight;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeAgent;
import io.kryla.factory.acceptance.AcceptanceDesk;
import io.kryla.factory.acceptance.AcceptanceResult;
import io.kryla.factory.acceptance.FlightEvidence;
import io.kryla.factory.acceptance.OpenedFlight;
import io.kryla.factory.acceptance.PlannedFlight;
import io.kryla.factory.acceptance.Recordings;
import io.kryla.factory.acceptance.ReportHashes;
import io.kryla.factory.manifest.PublicFolder.FlightFiles;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.ground.record.FinishedRecording;
import io.kryla.ground.record.FlightProofFile;
import io.kryla.ground.record.FlightRecorder;
import io.kryla.hil.flight.FlightRun;
import io.kryla.hil.flight.FlightSetup;
import io.kryla.hil.flight.Pacer;
import io.kryla.hil.flight.SimulatedFlight;
import io.kryla.hil.report.JunitReport;
import io.kryla.hil.report.ReportSubject;
import io.kryla.hil.verdict.Outcome;
import io.kryla.hil.verdict.VerdictJson;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.folder.DocumentFiles;
import io.kryla.station.line.ProductionLine;
import io.kryla.station.outcome.CommandFailure;
import io.kryla.station.outcome.ExitStatus;
import io.kryla.v1.AcceptanceLevel;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlightOutcome;
import io.kryla.v1.UnitFlightStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Flies one acceptance attempt of one unit and enters it into the line's ledger: FLIGHT_OPENED before anything moves,
 * FLIGHT_CLOSED whatever happened, ACCEPTED only if it passed.
 *
 * <p>The unit is switched on for the flight, connects to the line's ground over loopback sockets, and is heard, commanded
 * and recorded as any airframe is.
 */
public final class AcceptanceFlight {
    private static final Duration SESSION_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RECORDING_DEADLINE = Duration.ofSeconds(20);
    /** Than any deadline here, each of which has an error of its own. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private final ProductionLine line;
    private final AcceptanceDesk desk;
    private final FlightFiles files;
    private final LongSupplier monotonicNanos;
    private final Pacer pacer;

    /** As fast as it can. */
    public AcceptanceFlight(ProductionLine line, FlightFiles files, LongSupplier monotonicNanos) {
        this(line, files, monotonicNanos, Pacer.unpaced());
    }

    /** @param pacer holds flight time back, for people and boards */
    public AcceptanceFlight(ProductionLine line, FlightFiles files, LongSupplier monotonicNanos, Pacer pacer) {
        this.line = line;
        this.desk = line.acceptanceDesk();
        this.files = files;
        this.monotonicNanos = monotonicNanos;
        this.pacer = pacer;
    }

    /**
     * Flies, judges and certifies.
     *
     * @throws CommandFailure a refusal of the ledger, or the rig's error after the attempt was closed as ERROR
     */
    public FlownFlight fly(SimulatedBoard board, FlightOrder order) {
        long startNanos = monotonicNanos.getAsLong();
        createFolder();
        DocumentFiles.write(files.vehicle(), order.vehicle().text().getBytes(StandardCharsets.UTF_8));
        try (AirframeAgent agent = board.boot(line.premises().clock(), monotonicNanos)) {
            OpenedFlight opened = open(agent.serial(), order);
            try (GroundStation ground = line.startGround()) {
                FlownRecording flown = record(agent, ground, opened, order);
                JudgedFlight judged = JudgedFlight.judge(
                        flown.recording().file(),
                        files.truth(),
                        order,
                        line.premises().root(),
                        line.premises().clock().instant());
                return close(agent, opened, order, judged, flown, startNanos);
            } catch (KrylaException e) {
                desk.close(opened, FlightEvidence.aborted());
                throw e;
            }
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(files.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenedFlight open(String serial, FlightOrder order) {
        AcceptanceResult.Opening opening = desk.open(new PlannedFlight(
                serial,
                order.plan().sha256(),
                order.vehicle().sha256(),
                order.seed(),
                order.simulatorBuild(),
                AcceptanceLevel.ACCEPTANCE_LEVEL_DESIGN));
        if (opening instanceof AcceptanceResult.Refused refused) {
            throw refusal(refused, "acceptance of " + serial);
        }
        return ((AcceptanceResult.Opened) opening).flight();
    }

    /** The flight itself: session, commands, telemetry, truth. */
    private FlownRecording record(AirframeAgent agent, GroundStation ground, OpenedFlight opened, FlightOrder order) {
        CompletableFuture<AirframeLink> link = new CompletableFuture<>();
        CompletableFuture<FlightRecorder> recorder = new CompletableFuture<>();
        ground.onAirframe(airframe -> {
            recorder.complete(FlightRecorder.record(airframe, files.recording()));
            link.complete(airframe);
        });
        ground.useNonce(agent.serial(), opened.nonce());
        await(agent.connect(ground.boundAddress()), SESSION_DEADLINE, "the session of " + agent.serial());
        AirframeLink up = await(link, SESSION_DEADLINE, "the ground's link to " + agent.serial());
        try (FlightRecorder recording = await(recorder, SESSION_DEADLINE, "the recorder")) {
            FlightRun run = SimulatedFlight.fly(
                    new FlightSetup(order.plan(), order.vehicle(), order.seed()),
                    agent,
                    new GroundPilot(up),
                    files.truth(),
                    pacer);
            return new FlownRecording(run, await(recording.completed(LATER), RECORDING_DEADLINE, "the recording"));
        }
    }

    private FlownFlight close(
            AirframeAgent agent,
            OpenedFlight opened,
            FlightOrder order,
            JudgedFlight judged,
            FlownRecording flown,
            long startNanos) {
        byte[] verdict = VerdictJson.encode(judged.verdict());
        DocumentFiles.write(files.verdict(), verdict);
        FinishedRecording recording = flown.recording();
        FlightEvidence.FlightLogHead head = new FlightEvidence.FlightLogHead(
                recording.head().origin().text(),
                recording.head().size(),
                recording.head().root());
        DocumentFiles.write(
                files.recordingStatement(),
                Recordings.sign(line.station(), recording.sha256(), recording.sizeBytes(), head));
        AcceptanceResult.Closing closing = desk.close(
                opened,
                FlightEvidence.judged(
                        outcome(judged.verdict().outcome()),
                        head,
                        recording.sha256(),
                        flown.run().truthSha256(),
                        Digest.sha256(verdict)));
        if (closing instanceof AcceptanceResult.Refused refused) {
            throw refusal(refused, "acceptance of " + agent.serial());
        }
        AcceptanceResult.Closed closed = (AcceptanceResult.Closed) closing;
        desk.flightProof(closed).ifPresent(proof -> DocumentFiles.write(files.anchor(), FlightProofFile.encode(proof)));
        ReportSubject subject = new ReportFacts(agent, opened, order, head).subject();
        byte[] page = judged.report(subject);
        byte[] printed = judged.printedReport(subject);
        byte[] junit = JunitReport.render(judged.verdict());
        DocumentFiles.write(files.report(), page);
        DocumentFiles.write(files.printedReport(), printed);
        DocumentFiles.write(files.junitReport(), junit);
        Envelope statement = agent.signStatement(statement(agent.serial(), opened, head));
        AcceptanceResult.Certification certification = desk.certify(
                closed,
                new ReportHashes(Digest.sha256(page), Digest.sha256(printed), Digest.sha256(junit)),
                Optional.of(statement));
        if (certification instanceof AcceptanceResult.Refused refused) {
            throw refusal(refused, "acceptance of " + agent.serial());
        }
        DocumentFiles.write(files.acceptance(), record(certification));
        return new FlownFlight(
                agent.serial(),
                opened.attempt(),
                judged.verdict(),
                flown.run().flightTimeNanos(),
                monotonicNanos.getAsLong() - startNanos,
                certification);
    }

    private static Envelope record(AcceptanceResult.Certification certification) {
        return certification instanceof AcceptanceResult.Accepted accepted
                ? accepted.record()
                : ((AcceptanceResult.NotAccepted) certification).record();
    }

    private static UnitFlightStatement statement(
            String serial, OpenedFlight opened, FlightEvidence.FlightLogHead head) {
        return UnitFlightStatement.newBuilder()
                .setSerial(serial)
                .setNonce(ByteString.copyFrom(opened.nonce().bytes()))
                .setFlightOrigin(head.origin())
                .setFlightSize(head.size())
                .setFlightRoot(ByteString.copyFrom(head.root().bytes()))
                .build();
    }

    private static FlightOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case PASS -> FlightOutcome.FLIGHT_OUTCOME_PASS;
            case FAIL -> FlightOutcome.FLIGHT_OUTCOME_FAIL;
            case ERROR -> FlightOutcome.FLIGHT_OUTCOME_ERROR;
        };
    }

    private static CommandFailure refusal(AcceptanceResult.Refused refused, String where) {
        return new CommandFailure(
                ExitStatus.FAILED, refused.code(), refused.reason(), where, "see the unit's leaves in the ledger");
    }

    /** What the rig brings about must come in time: if it does not, the rig is broken and nothing is said of the unit. */
    private static <T> T await(CompletableFuture<T> future, Duration deadline, String what) {
        try {
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KrylaException known) {
                throw known;
            }
            throw new KrylaException("RIG_FAILED", what + " failed: " + e.getCause(), true, e);
        } catch (TimeoutException e) {
            throw new KrylaException(
                    "RIG_TIMEOUT", what + " did not come up within " + deadline.toSeconds() + " s", true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KrylaException("INTERRUPTED", "interrupted while waiting for " + what, true, e);
        }
    }
}
