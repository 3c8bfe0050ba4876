package io.kryla.factory.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.birth.BirthLine;
import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Pose;
import io.kryla.factory.operators.Badge;
import io.kryla.factory.operators.BadgeDesk;
import io.kryla.factory.operators.BadgeRegister;
import io.kryla.factory.operators.BadgeStore;
import io.kryla.factory.operators.SignedOnBadge;
import io.kryla.factory.provisioning.BenchAnswer;
import io.kryla.factory.provisioning.BenchTask;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.Role;
import io.kryla.keys.Digest;
import io.kryla.keys.Signer;
import io.kryla.v1.BenchMessage;
import io.kryla.v1.Envelope;
import io.kryla.v1.StepResult;
import io.kryla.v1.StepStatement;
import io.kryla.v1.TaskReport;
import io.kryla.v1.UnitStart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line's side of a bench's session: what counts, and what does not. */
class BenchConversationTest {
    private static final String LINE = "DE-01";
    private static final Digest BOARD = Digest.sha256("board".getBytes(StandardCharsets.UTF_8));
    private static final BenchTask HOLD =
            new BenchTask.Hold("KRY08DE100001", CalibratedSensor.ACCELEROMETER, Pose.NOSE_UP);

    private BirthLine line;
    private BadgeDesk desk;
    private BenchDoor door;
    private final List<BenchAnswer> answers = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path folder) {
        line = BirthLine.in(folder, 3);
        desk = new BadgeDesk(
                LINE,
                line.licensor.operationsCa,
                line.licensor.bundle,
                () -> new CrlSet(line.crls(), CrlProfile.LINE, line.line.clock.instant()),
                new StoreInMemory(),
                line.line.clock,
                line.licensor.random);
        door = new BenchDoor(
                desk,
                new BenchPapers(
                        LINE,
                        line.licensor.bundle,
                        line::crls,
                        line.license.content().getDesignOid(),
                        line.firmware,
                        line.line.clock));
    }

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void aBadgeSignsOnStartsAnAirframeAndReportsATask() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        assertThat(bench.start(BOARD)).isEmpty();
        assertThat(door.of(BOARD)).isPresent();
        assertThat(door.of(BOARD).get().operatorCardId()).isEqualTo("card-7");

        bench.report(bench.asked(HOLD), StepResult.STEP_RESULT_DONE, "", "");
        assertThat(answers).singleElement().isInstanceOfSatisfying(BenchAnswer.Done.class, done -> {
            assertThat(done.actorId()).isEqualTo("card-7");
            assertThat(done.statement()).isPresent();
        });
    }

    @Test
    void anotherBadgeThanTheOneOfTheConnectionDoesNotSignOn() {
        Bench bench = new Bench(enrol("card-7", Role.TECHNICIAN));
        Badge other = Badge.of(enrol("card-8", Role.TECHNICIAN));
        bench.say(BenchMessage.newBuilder()
                .setSignOn(other.requestSignOn(LINE, Role.TECHNICIAN, bench.challenge.toByteArray())));
        assertThat(bench.heard().getRefused().getCode()).isEqualTo("BADGE_UNKNOWN");
        assertThat(bench.over).isTrue();
    }

    @Test
    void aRoleThatHasNothingToDoAtABenchIsTurnedAway() {
        Bench bench = new Bench(enrol("card-7", Role.EXPORT_OFFICER));
        bench.signOn(Role.EXPORT_OFFICER);
        assertThat(bench.heard().getRefused().getCode()).isEqualTo("ROLE_NOT_HELD");
    }

    @Test
    void nothingIsStartedBeforeSignOn() {
        Bench bench = new Bench(enrol("card-7", Role.TECHNICIAN));
        bench.say(BenchMessage.newBuilder().setUnitStart(UnitStart.newBuilder().setHardwareIdSha256(bytes(BOARD))));
        assertThat(bench.heard().getRefused().getCode()).isEqualTo("BAD_STATE");
        assertThat(door.of(BOARD)).isEmpty();
    }

    @Test
    void aStartIsGoodOnce() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        BenchMessage.Builder start = bench.startMessage(BOARD, BOARD);
        assertThat(bench.started(start)).isEmpty();
        door.forget(bench.conversation);
        assertThat(bench.started(start)).isEqualTo("CHALLENGE_EXPIRED");
        assertThat(door.of(BOARD)).isEmpty();
    }

    @Test
    void aStartOfAnotherAirframeThanTheStatementSaysIsRefused() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        Digest other = Digest.sha256(new byte[] {1});
        assertThat(bench.started(bench.startMessage(other, BOARD))).isEqualTo("WRONG_STEP");
        assertThat(door.of(other)).isEmpty();
    }

    @Test
    void anAirframeLiesOnOneBenchAtATime() {
        Bench first = signedOn("card-7", Role.TECHNICIAN);
        Bench second = signedOn("card-8", Role.TECHNICIAN);
        assertThat(first.start(BOARD)).isEmpty();
        assertThat(second.start(BOARD)).isEqualTo("ALREADY_STARTED");
        first.conversation.close();
        assertThat(second.start(BOARD)).isEmpty();
    }

    @Test
    void aBadgeThatWasTakenBackCountsNoMore() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        desk.revoke("card-7");
        assertThat(bench.start(BOARD)).isEqualTo("BADGE_REVOKED");
    }

    @Test
    void aStatementOfAnotherStepIsNoAnswer() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        var task = bench.asked(HOLD);
        bench.report(
                task.toBuilder().setStep("calibrate.accelerometer.level").build(), StepResult.STEP_RESULT_DONE, "", "");
        assertFailed("WRONG_STEP");
    }

    @Test
    void aStatementOverAnotherChallengeIsNoAnswer() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        var task = bench.asked(HOLD);
        bench.report(
                task.toBuilder().setChallenge(ByteString.copyFrom(new byte[32])).build(),
                StepResult.STEP_RESULT_DONE,
                "",
                "");
        assertFailed("CHALLENGE_EXPIRED");
    }

    @Test
    void aResultThatTheStatementIsNotAboutIsNoAnswer() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        bench.report(
                bench.asked(new BenchTask.Label("KRY08DE100001", "text")),
                StepResult.STEP_RESULT_DONE,
                "text",
                "another text");
        assertFailed("WRONG_STEP");
    }

    @Test
    void whatCouldNotBeDoneIsSaidWithItsReason() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        bench.report(bench.asked(HOLD), StepResult.STEP_RESULT_FAILED, "the arm is broken", "the arm is broken");
        assertThat(answers).containsExactly(new BenchAnswer.Failed("BENCH_FAILED", "the arm is broken"));
    }

    @Test
    void aReportIsTakenOnce() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        var task = bench.asked(HOLD);
        bench.report(task, StepResult.STEP_RESULT_DONE, "", "");
        bench.report(task, StepResult.STEP_RESULT_DONE, "", "");
        assertThat(answers).hasSize(1);
        assertThat(bench.heard().getRefused().getCode()).isEqualTo("BAD_STATE");
        assertThat(bench.over).isTrue();
    }

    @Test
    void aBenchThatGoesAwayLeavesNothingWaiting() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        bench.start(BOARD);
        var workbench = door.of(BOARD).orElseThrow();
        bench.asked(HOLD);
        bench.conversation.close();
        assertFailed("BENCH_FAILED");
        assertThat(door.of(BOARD)).isEmpty();
        workbench.ask(HOLD, answers::add);
        assertThat(answers).hasSize(2);
    }

    @Test
    void aBenchHasOnlySoManyAirframesUnderWay() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        for (int i = 0; i < BenchDoor.MOST_AIRFRAMES; i++) {
            assertThat(bench.start(Digest.sha256(new byte[] {(byte) i, 1}))).isEmpty();
        }
        assertThat(bench.start(BOARD)).isEqualTo("BENCH_FULL");
        Digest first = Digest.sha256(new byte[] {0, 1});
        assertThat(bench.start(first)).as("again").isEmpty();
        door.of(first).orElseThrow().on(new ProvisioningEvent.UnitBorn("KRY08DE100001"));
        bench.heard();
        assertThat(bench.start(BOARD)).isEmpty();
    }

    @Test
    void bytesThatAreNoMessageEndTheSession() {
        Bench bench = signedOn("card-7", Role.TECHNICIAN);
        assertThat(bench.conversation.onMessage(new byte[] {(byte) 0xff, 1})).isFalse();
    }

    private void assertFailed(String code) {
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        BenchAnswer.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(code));
    }

    private Signer enrol(String card, Role role) {
        Signer key = line.licensor.p256();
        desk.enrol(
                card,
                desk.newPersonId(),
                key.key(),
                Set.of(role),
                line.line.clock.instant().plus(Duration.ofDays(30)));
        return key;
    }

    private Bench signedOn(String card, Role role) {
        Bench bench = new Bench(enrol(card, role));
        bench.signOn(role);
        BenchMessage admitted = bench.heard();
        assertThat(admitted.hasAdmitted()).isTrue();
        bench.challenge = admitted.getAdmitted().getChallenge();
        bench.shift = Badge.of(bench.key)
                .signedOn(CertificateChain.fromDer(admitted.getAdmitted().getChainList().stream()
                                .map(ByteString::toByteArray)
                                .toList())
                        .orElseThrow());
        return bench;
    }

    private static ByteString bytes(Digest digest) {
        return ByteString.copyFrom(digest.bytes());
    }

    /** A bench without a network. */
    private final class Bench {
        private final Signer key;
        private final Deque<byte[]> said = new ArrayDeque<>();
        private final BenchConversation conversation;
        private ByteString challenge;
        private SignedOnBadge shift;
        private boolean over;

        Bench(Signer key) {
            this.key = key;
            this.conversation = new BenchConversation(door, key.key(), said::add);
            conversation.greet();
            this.challenge = heard().getGreeting().getChallenge();
        }

        BenchMessage heard() {
            try {
                return BenchMessage.parseFrom(said.remove());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        void say(BenchMessage.Builder message) {
            over = !conversation.onMessage(message.build().toByteArray());
        }

        void signOn(Role role) {
            say(BenchMessage.newBuilder().setSignOn(Badge.of(key).requestSignOn(LINE, role, challenge.toByteArray())));
        }

        /** The code with which the start was refused; empty if it was not. */
        String start(Digest hardware) {
            return started(startMessage(hardware, hardware));
        }

        BenchMessage.Builder startMessage(Digest hardware, Digest subject) {
            Envelope statement = shift.sign(statement("", BenchSession.START, challenge, StepResult.STEP_RESULT_DONE)
                    .setSubjectSha256(bytes(subject))
                    .build());
            return BenchMessage.newBuilder()
                    .setUnitStart(UnitStart.newBuilder()
                            .setHardwareIdSha256(bytes(hardware))
                            .setStatement(statement));
        }

        String started(BenchMessage.Builder start) {
            say(start);
            var answer = heard().getUnitStarted();
            challenge = answer.getChallenge();
            return answer.getRefused().getCode();
        }

        io.kryla.v1.BenchTask asked(BenchTask task) {
            door.of(BOARD).orElseThrow().ask(task, answers::add);
            return heard().getTask();
        }

        void report(io.kryla.v1.BenchTask task, StepResult outcome, String result, String signedResult) {
            StepStatement.Builder statement = statement(task.getSerial(), task.getStep(), task.getChallenge(), outcome);
            if (!signedResult.isEmpty()) {
                statement.setSubjectSha256(bytes(Digest.sha256(signedResult.getBytes(StandardCharsets.UTF_8))));
            }
            say(BenchMessage.newBuilder()
                    .setTaskReport(TaskReport.newBuilder()
                            .setId(task.getId())
                            .setResult(result)
                            .setStatement(shift.sign(statement.build()))));
        }

        private StepStatement.Builder statement(String serial, String step, ByteString challenge, StepResult outcome) {
            return StepStatement.newBuilder()
                    .setLine(LINE)
                    .setSerial(serial)
                    .setStep(step)
                    .setResult(outcome)
                    .setAtUnixMillis(line.line.clock.instant().toEpochMilli())
                    .setChallenge(challenge);
        }
    }

    private static final class StoreInMemory implements BadgeStore {
        private BadgeRegister register = BadgeRegister.empty(LINE);

        @Override
        public synchronized BadgeRegister read() {
            return register;
        }

        @Override
        public synchronized BadgeRegister change(UnaryOperator<BadgeRegister> change) {
            register = change.apply(register);
            return register;
        }
    }
}
