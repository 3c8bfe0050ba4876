package io.kryla.factory.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.operators.SignOnResult;
import io.kryla.factory.operators.StatementResult;
import io.kryla.factory.provisioning.BenchAnswer;
import io.kryla.factory.provisioning.BenchTask;
import io.kryla.factory.provisioning.ProvisioningEvent;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.BenchAdmitted;
import io.kryla.v1.BenchGreeting;
import io.kryla.v1.BenchMessage;
import io.kryla.v1.Envelope;
import io.kryla.v1.FlashFirmware;
import io.kryla.v1.HoldAirframe;
import io.kryla.v1.PutLabel;
import io.kryla.v1.Refused;
import io.kryla.v1.StepResult;
import io.kryla.v1.TaskReport;
import io.kryla.v1.UnitNews;
import io.kryla.v1.UnitStart;
import io.kryla.v1.UnitStarted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The line's side of one bench's session. What a bench says counts only with a badge's signature over the challenge that was
 * given for it. Hostile messages are refused, never thrown. Safe for any thread.
 */
final class BenchConversation {
    private static final int MOST_RESULT_BYTES = 512;

    private record Pending(BenchTask task, byte[] challenge, Consumer<BenchAnswer> answer) {}

    private final BenchDoor door;
    private final VerificationKey badgeKey;
    private final Consumer<byte[]> peer;
    private final Map<Long, Pending> pending = new HashMap<>();
    private byte[] challenge = new byte[0];
    private boolean admitted;
    private boolean closed;
    private long lastTask;

    BenchConversation(BenchDoor door, VerificationKey badgeKey, Consumer<byte[]> peer) {
        this.door = door;
        this.badgeKey = badgeKey;
        this.peer = peer;
    }

    BenchDoor door() {
        return door;
    }

    synchronized void greet() {
        challenge = door.desk.challenge();
        send(BenchMessage.newBuilder()
                .setGreeting(BenchGreeting.newBuilder()
                        .setLine(door.papers.line())
                        .setChallenge(ByteString.copyFrom(challenge))));
    }

    /** Takes a message, undecoded; false if the session is over. */
    boolean onMessage(byte[] untrusted) {
        BenchMessage message;
        try {
            message = BenchMessage.parseFrom(untrusted);
        } catch (InvalidProtocolBufferException e) {
            return refuse(RefusalCodes.BAD_STATE, "not a BenchMessage");
        }
        if (message.hasSignOn()) {
            return onSignOn(message.getSignOn());
        }
        if (!isAdmitted()) {
            return refuse(RefusalCodes.BAD_STATE, "a sign-on expected, got " + message.getMessageCase());
        }
        if (message.hasUnitStart()) {
            return onUnitStart(message.getUnitStart());
        }
        if (message.hasTaskReport()) {
            return onTaskReport(message.getTaskReport());
        }
        return refuse(RefusalCodes.BAD_STATE, "unexpected " + message.getMessageCase());
    }

    private synchronized boolean isAdmitted() {
        return admitted;
    }

    private synchronized boolean onSignOn(Envelope signOn) {
        if (admitted) {
            return refuse(RefusalCodes.BAD_STATE, "signed on already");
        }
        boolean sameKey = signOn.getSignaturesCount() == 1
                && signOn.getSignatures(0).getKeyid().equals(badgeKey.keyId());
        if (!sameKey) {
            return refuse("BADGE_UNKNOWN", "the badge that opened the connection has to sign on");
        }
        SignOnResult result = door.desk.signOn(signOn, challenge, BenchDoor.SHIFT);
        if (result instanceof SignOnResult.Refused refused) {
            return refuse(refused.code(), refused.reason());
        }
        SignOnResult.SignedOn signedOn = (SignOnResult.SignedOn) result;
        if (!BenchDoor.ROLES.contains(signedOn.operator().role())) {
            return refuse("ROLE_NOT_HELD", "one of " + BenchDoor.ROLES + " works at a bench");
        }
        admitted = true;
        challenge = door.desk.challenge();
        send(BenchMessage.newBuilder()
                .setAdmitted(BenchAdmitted.newBuilder()
                        .addAllChain(signedOn.chain().toDer().stream()
                                .map(ByteString::copyFrom)
                                .toList())
                        .setTrustBundle(door.papers.bundle().envelope())
                        .addAllCrls(door.papers.crlsDer())
                        .setDesignOid(door.papers.designOid())
                        .setFirmwareManifest(door.papers.firmware().envelope())
                        .setChallenge(ByteString.copyFrom(challenge))));
        return true;
    }

    private synchronized boolean onUnitStart(UnitStart start) {
        byte[] hardware = start.getHardwareIdSha256().toByteArray();
        StatementResult result =
                door.desk.judge(start.getStatement(), BenchDoor.ROLES, "", BenchSession.START, challenge);
        challenge = door.desk.challenge();
        if (result instanceof StatementResult.Rejected rejected) {
            return started(start, Optional.of(refused(rejected.code(), rejected.reason())));
        }
        StatementResult.Verified verified = (StatementResult.Verified) result;
        boolean ofThis = hardware.length == Digest.LENGTH
                && verified.content().getSubjectSha256().equals(start.getHardwareIdSha256())
                && verified.content().getResult() == StepResult.STEP_RESULT_DONE;
        if (!ofThis) {
            return started(start, Optional.of(refused("WRONG_STEP", "a start of this airframe expected")));
        }
        StartedUnit unit =
                new StartedUnit(this, Digest.of(hardware), verified.operator().cardId());
        return started(
                start,
                door.start(unit)
                        .map(code -> refused(
                                code,
                                code.equals(BenchDoor.BENCH_FULL)
                                        ? BenchDoor.MOST_AIRFRAMES + " airframes of this bench are under way"
                                        : "the airframe lies on another bench")));
    }

    private boolean started(UnitStart start, Optional<Refused> refused) {
        UnitStarted.Builder answer = UnitStarted.newBuilder()
                .setHardwareIdSha256(start.getHardwareIdSha256())
                .setChallenge(ByteString.copyFrom(challenge));
        refused.ifPresent(answer::setRefused);
        send(BenchMessage.newBuilder().setUnitStarted(answer));
        return true;
    }

    /** Asks the bench; the answer comes with a badge's signature, or says that there is none. */
    void ask(Digest hardware, BenchTask task, Consumer<BenchAnswer> answer) {
        synchronized (this) {
            if (!closed) {
                long id = ++lastTask;
                byte[] fresh = door.desk.challenge();
                pending.put(id, new Pending(task, fresh, answer));
                send(BenchMessage.newBuilder().setTask(message(id, hardware, task, fresh)));
                return;
            }
        }
        answer.accept(wentAway());
    }

    private static io.kryla.v1.BenchTask.Builder message(long id, Digest hardware, BenchTask task, byte[] challenge) {
        io.kryla.v1.BenchTask.Builder message = io.kryla.v1.BenchTask.newBuilder()
                .setId(id)
                .setHardwareIdSha256(ByteString.copyFrom(hardware.bytes()))
                .setSerial(task.serial())
                .setStep(task.step())
                .setChallenge(ByteString.copyFrom(challenge));
        if (task instanceof BenchTask.Hold hold) {
            message.setHold(HoldAirframe.newBuilder()
                    .setSensor(hold.sensor().word())
                    .setPose(hold.pose().word()));
        } else if (task instanceof BenchTask.Flash flash) {
            message.setFlash(FlashFirmware.newBuilder().setManifest(flash.manifest()));
        } else {
            message.setLabel(PutLabel.newBuilder().setText(((BenchTask.Label) task).text()));
        }
        return message;
    }

    private boolean onTaskReport(TaskReport report) {
        Pending asked;
        synchronized (this) {
            asked = pending.remove(report.getId());
        }
        if (asked == null) {
            return refuse(RefusalCodes.BAD_STATE, "no task " + report.getId() + " waits for a report");
        }
        asked.answer().accept(judge(asked, report));
        return true;
    }

    private BenchAnswer judge(Pending asked, TaskReport report) {
        BenchTask task = asked.task();
        StatementResult result =
                door.desk.judge(report.getStatement(), BenchDoor.ROLES, task.serial(), task.step(), asked.challenge());
        if (result instanceof StatementResult.Rejected rejected) {
            return new BenchAnswer.Failed(rejected.code(), rejected.reason());
        }
        StatementResult.Verified verified = (StatementResult.Verified) result;
        byte[] text = report.getResultBytes().toByteArray();
        byte[] subject = verified.content().getSubjectSha256().toByteArray();
        boolean sameText = text.length == 0
                ? subject.length == 0
                : subject.length == Digest.LENGTH && Digest.sha256(text).matches(subject);
        if (text.length > MOST_RESULT_BYTES || !sameText) {
            return new BenchAnswer.Failed("WRONG_STEP", "the statement is not about this result");
        }
        if (verified.content().getResult() != StepResult.STEP_RESULT_DONE) {
            return new BenchAnswer.Failed(RefusalCodes.BENCH_FAILED, new String(text, StandardCharsets.UTF_8));
        }
        return new BenchAnswer.Done(verified.operator().cardId(), report.getResult(), Optional.of(verified.envelope()));
    }

    /** Says what happens to an airframe of this bench. */
    void tell(Digest hardware, ProvisioningEvent event) {
        UnitNews.Builder news = UnitNews.newBuilder().setHardwareIdSha256(ByteString.copyFrom(hardware.bytes()));
        if (event instanceof ProvisioningEvent.StepTaken step) {
            news.setSerial(step.serial()).setStep(step.step()).setDetail(step.detail());
        } else if (event instanceof ProvisioningEvent.Measured measured) {
            news.setSerial(measured.serial()).addAllMeasurements(measured.taken());
        } else if (event instanceof ProvisioningEvent.UnitBorn born) {
            news.setSerial(born.serial()).setStep("BORN").setOver(true);
        } else if (event instanceof ProvisioningEvent.ConversationRefused refused) {
            news.setSerial(refused.serial())
                    .setStep(refused.code())
                    .setDetail(refused.detail())
                    .setOver(true);
        } else {
            return;
        }
        synchronized (this) {
            send(BenchMessage.newBuilder().setNews(news));
        }
    }

    /** The bench is gone: what it was asked will not be done. */
    void close() {
        List<Pending> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(pending.values());
            pending.clear();
        }
        door.forget(this);
        left.forEach(asked -> asked.answer().accept(wentAway()));
    }

    private static BenchAnswer wentAway() {
        return new BenchAnswer.Failed(RefusalCodes.BENCH_FAILED, "the bench went away; start the airframe again");
    }

    private boolean refuse(String code, String detail) {
        send(BenchMessage.newBuilder().setRefused(refused(code, detail)));
        return false;
    }

    private static Refused refused(String code, String detail) {
        return Refused.newBuilder().setCode(code).setDetail(detail).build();
    }

    private void send(BenchMessage.Builder message) {
        peer.accept(message.build().toByteArray());
    }
}
