package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.provisioning.RefusalCodes;
import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.ClaimRequest;
import io.kryla.v1.FirmwareReport;
import io.kryla.v1.Installed;
import io.kryla.v1.ParametersReport;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.ProvisioningMessage.MessageCase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line's side of one provisioning conversation (protocol.md §8), in the order of its messages. It holds nothing that
 * matters: whatever a unit has reached is in the ledger before the answer is returned, so a conversation that was cut at
 * any message is simply begun again, by this process or another.
 *
 * <p>While the bench has something to do, the airframe is told nothing; {@link #onBench} goes on.
 *
 * <p>Hostile messages are refused, never thrown; a broken ledger throws. Confined to one thread.
 */
final class UnitConversation {
    private final ProvisioningLine line;
    private final VerificationKey airframeKey;
    private final ProvisioningListener listener;
    private final IdentityDesk identityDesk;
    private final BirthDesk birthDesk;

    private MessageCase expected = MessageCase.CLAIM_REQUEST;
    private String serial = "";
    private Challenge challenge = Challenge.NONE;
    private @Nullable Workbench workbench;
    private @Nullable BenchTask benchTask;
    private @Nullable TestRun testRun;

    /** @param airframeKey of the certificate with which the airframe opened the connection */
    UnitConversation(ProvisioningLine line, VerificationKey airframeKey, ProvisioningListener listener) {
        this.line = line;
        this.airframeKey = airframeKey;
        this.listener = listener;
        this.identityDesk = new IdentityDesk(line);
        this.birthDesk = new BirthDesk(line);
    }

    /** Empty until a claim was granted. */
    String serial() {
        return serial;
    }

    /** Takes a message of the airframe, undecoded. */
    LineStep onMessage(byte[] untrusted) {
        ProvisioningMessage message;
        try {
            message = ProvisioningMessage.parseFrom(untrusted);
        } catch (InvalidProtocolBufferException e) {
            return refuse(RefusalCodes.BAD_STATE, "not a ProvisioningMessage");
        }
        if (message.getMessageCase() == MessageCase.REFUSED) {
            return refusedByAirframe(message.getRefused());
        }
        if (benchTask != null) {
            return refuse(RefusalCodes.BAD_STATE, "nothing expected until the bench is done");
        }
        if (message.getMessageCase() != expected) {
            return refuse(RefusalCodes.BAD_STATE, "expected " + expected + ", got " + message.getMessageCase());
        }
        switch (expected) {
            case CLAIM_REQUEST:
                return onClaimRequest(message.getClaimRequest());
            case CERT_REQUEST:
                return onCertRequest(message);
            case CERT_STORED:
                return onCertStored(message.getCertStored().getCertificateSha256());
            case FIRMWARE_REPORT:
                return onFirmwareReport(message.getFirmwareReport());
            case PARAMETERS_REPORT:
                return onParametersReport(message.getParametersReport());
            case SAMPLE_REPORT:
                return follow(testRun().onSamples(message.getSampleReport()));
            case MEASUREMENT_REPORT:
                return follow(
                        testRun().onMeasurements(message.getMeasurementReport().getValuesList()));
            case INSTALLED:
                return onInstalled(message.getInstalled());
            default:
                return onBirthStored(message.getBirthStored().getBirthRecordSha256());
        }
    }

    private LineStep onClaimRequest(ClaimRequest request) {
        String design = line.license().content().getDesignOid();
        if (!request.getDesignOid().equals(design)) {
            return refuse(RefusalCodes.DESIGN_MISMATCH, "this line builds " + design);
        }
        if (request.getHardwareId().isEmpty() || request.getHardwareId().size() > 64) {
            return refuse(RefusalCodes.BAD_STATE, "a hardware id has 1 to 64 bytes");
        }
        Digest hardware = Digest.sha256(request.getHardwareId().toByteArray());
        Optional<Workbench> starter = line.workbenches().of(hardware);
        if (starter.isEmpty()) {
            return refuse(RefusalCodes.NOT_STARTED, "no bench of this line has started this airframe");
        }
        workbench = starter.get();
        ClaimResult result = line.ledger().claim(airframeKey.spkiSha256(), hardware, line.stationId());
        if (result instanceof Refused) {
            return refuse(((Refused) result).code(), ((Refused) result).reason());
        }
        ClaimResult.Granted granted = (ClaimResult.Granted) result;
        Unit unit = granted.unit();
        serial = unit.serial();
        if (unit.state() == UnitState.QUARANTINED || unit.state() == UnitState.SCRAPPED) {
            return refuse(unit.state().name(), "the line has taken " + serial + " out of provisioning");
        }
        if (!unit.licensePolicyOid().equals(line.license().content().getPolicyOid())) {
            return refuse(RefusalCodes.LICENSE_MISMATCH, "claimed under license " + unit.licensePolicyOid());
        }
        challenge = Challenge.fresh(line.random(), line.clock());
        if (granted.resumed()) {
            step("CLAIM_RESUMED", "at " + unit.state());
        } else {
            step("CLAIMED", "");
        }
        return ask(MessageCase.CERT_REQUEST, Questions.grant(line, serial, challenge));
    }

    private LineStep onCertRequest(ProvisioningMessage message) {
        IdentityDesk.Result result = identityDesk.certify(unit(), airframeKey, challenge, message.getCertRequest());
        if (result instanceof IdentityDesk.Refusal) {
            return refuse(((IdentityDesk.Refusal) result).code(), ((IdentityDesk.Refusal) result).detail());
        }
        step("CERT_ISSUED", "");
        return ask(
                MessageCase.CERT_STORED,
                ProvisioningMessage.newBuilder().setCertIssue(((IdentityDesk.Certified) result).certIssue()));
    }

    private LineStep onCertStored(ByteString certificateSha256) {
        if (!identityDesk.certificateSha256(serial).matches(certificateSha256.toByteArray())) {
            return refuse(RefusalCodes.INSTALLATION_MISMATCH, "the airframe stored another certificate");
        }
        step("CERT_STORED", "");
        UnitState state = unit().state();
        if (state == UnitState.CERTIFIED) {
            return line.testPlan().flashesAtBench()
                    ? atBench(new BenchTask.Flash(serial, line.firmware().envelope()))
                    : ask(MessageCase.FIRMWARE_REPORT, Questions.firmware(line));
        }
        return state == UnitState.INSTALLED ? confirmInstalled() : commitBirth();
    }

    private LineStep onFirmwareReport(FirmwareReport report) {
        var released = line.firmware().content();
        if (!released.getImageSha256().equals(report.getImageSha256())
                || !released.getVersion().equals(report.getVersion())) {
            return refuse(
                    RefusalCodes.FIRMWARE_MISMATCH,
                    "released " + released.getVersion() + ", read back " + printable(report.getVersion())
                            + (report.getImageSha256().equals(released.getImageSha256()) ? "" : " with another image"));
        }
        step("FIRMWARE_READ_BACK", report.getVersion());
        return ask(MessageCase.PARAMETERS_REPORT, Questions.parameters(line));
    }

    private LineStep onParametersReport(ParametersReport report) {
        if (testRun != null) {
            return follow(testRun.onParameters(report));
        }
        var wanted = line.firmware().content().getParametersList();
        var missing = wanted.stream()
                .filter(parameter -> !report.getParametersList().contains(parameter))
                .findFirst();
        if (missing.isPresent()) {
            return refuse(RefusalCodes.PARAMETER_MISMATCH, missing.get().getName() + " was not read back as written");
        }
        step("PARAMETERS_READ_BACK", Integer.toString(wanted.size()));
        testRun = new TestRun(line.testPlan(), serial);
        return follow(testRun.begin());
    }

    private TestRun testRun() {
        if (testRun == null) {
            throw new IllegalStateException("samples and measurements are asked for by a test run");
        }
        return testRun;
    }

    private LineStep follow(TestRun.Step next) {
        tell(new ProvisioningEvent.Measured(serial, testRun().taken()));
        if (next instanceof TestRun.Hold hold) {
            return atBench(hold.task());
        }
        if (next instanceof TestRun.Ask question) {
            return ask(question.answer(), question.question());
        }
        if (next instanceof TestRun.Failed failed) {
            step(failed.code(), failed.names());
            return refuse(failed.code(), failed.names());
        }
        if (!testRun().corrections().isEmpty()) {
            step("CALIBRATED", Integer.toString(line.testPlan().calibrations().size()));
        }
        return line.testPlan().labels()
                ? atBench(new BenchTask.Label(serial, UnitLabel.text(serial, identityDesk.certificateSha256(serial))))
                : install();
    }

    private LineStep install() {
        birthDesk.install(unit(), identityDesk, testRun(), operatorCardId(), statements());
        step("INSTALLED", line.testPlan().name());
        return confirmInstalled();
    }

    private LineStep atBench(BenchTask task) {
        benchTask = task;
        tell(new ProvisioningEvent.BenchAsked(serial, task));
        return new LineStep.AtBench(bench(), task);
    }

    private Workbench bench() {
        if (workbench == null) {
            throw new IllegalStateException("a claim is granted at a bench");
        }
        return workbench;
    }

    private String operatorCardId() {
        return workbench == null ? line.stationId() : workbench.operatorCardId();
    }

    /** Goes on with what the bench did. */
    LineStep onBench(BenchAnswer answer) {
        BenchTask task = benchTask;
        if (task == null) {
            throw new IllegalStateException("the bench answers what it was asked, once");
        }
        benchTask = null;
        if (answer instanceof BenchAnswer.Failed failed) {
            step(failed.code(), task.step() + ": " + printable(failed.detail()));
            return refuse(failed.code(), task.step() + ": " + printable(failed.detail()));
        }
        BenchAnswer.Done done = (BenchAnswer.Done) answer;
        keep(task, done);
        if (task instanceof BenchTask.Hold) {
            return follow(testRun().onHeld());
        }
        if (task instanceof BenchTask.Flash) {
            String released = line.firmware().imageSha256().toString();
            return done.result().isEmpty() || done.result().equals(released)
                    ? ask(MessageCase.FIRMWARE_REPORT, Questions.firmware(line))
                    : refuse(RefusalCodes.FIRMWARE_MISMATCH, "the bench read back " + printable(done.result()));
        }
        String wanted = ((BenchTask.Label) task).text();
        return done.result().equals(wanted)
                ? install()
                : refuse(RefusalCodes.LABEL_MISMATCH, "the label reads " + printable(done.result()));
    }

    /** What a badge signed stays with the unit, whatever becomes of it. */
    private void keep(BenchTask task, BenchAnswer.Done done) {
        java.util.Map<String, byte[]> documents = done.statement()
                .map(statement -> java.util.Map.of(
                        UnitDocuments.statement(line.ledger().documentNames(serial)), statement.toByteArray()))
                .orElse(java.util.Map.of());
        line.ledger().journal(serial, done.actorId(), "BENCH", task.step(), documents);
    }

    private List<Digest> statements() {
        return UnitDocuments.statementDigests(line.ledger(), serial);
    }

    private LineStep confirmInstalled() {
        return ask(MessageCase.INSTALLED, ProvisioningMessage.newBuilder().setInstalled(birthDesk.installed(serial)));
    }

    private LineStep onInstalled(Installed report) {
        if (!report.equals(birthDesk.installed(serial))) {
            return refuse(RefusalCodes.INSTALLATION_MISMATCH, "the airframe holds another certificate or firmware");
        }
        return commitBirth();
    }

    private LineStep commitBirth() {
        BirthDesk.Result result = birthDesk.commit(serial);
        if (result instanceof BirthDesk.Refusal) {
            return refuse(((BirthDesk.Refusal) result).code(), ((BirthDesk.Refusal) result).detail());
        }
        BirthDesk.Committed committed = (BirthDesk.Committed) result;
        step("BORN", "ledger index " + committed.index());
        return ask(MessageCase.BIRTH_STORED, ProvisioningMessage.newBuilder().setBirthCommit(committed.birthCommit()));
    }

    private LineStep onBirthStored(ByteString birthRecordSha256) {
        if (!birthDesk.birthRecordSha256(serial).matches(birthRecordSha256.toByteArray())) {
            return refuse(RefusalCodes.BIRTH_MISMATCH, "the airframe stored another birth record");
        }
        step("BIRTH_STORED", "");
        tell(new ProvisioningEvent.UnitBorn(serial));
        return new LineStep.Complete(serial);
    }

    private LineStep refusedByAirframe(io.kryla.v1.Refused refused) {
        String code = refused.getCode().matches("[A-Z][A-Z_]{0,39}") ? refused.getCode() : RefusalCodes.BAD_STATE;
        String detail = printable(refused.getDetail());
        if (!serial.isEmpty()) {
            step("REFUSED_BY_AIRFRAME", code + ": " + detail);
        }
        tell(new ProvisioningEvent.ConversationRefused(serial, code, detail, true));
        return new LineStep.RefusedByAirframe(code, detail);
    }

    private LineStep refuse(String code, String detail) {
        tell(new ProvisioningEvent.ConversationRefused(serial, code, detail, false));
        return new LineStep.Refuse(code, detail);
    }

    private LineStep ask(MessageCase answer, ProvisioningMessage.Builder question) {
        expected = answer;
        return new LineStep.Send(question.build());
    }

    private void tell(ProvisioningEvent event) {
        listener.on(event);
        if (workbench != null) {
            workbench.on(event);
        }
    }

    /** The step is durable before the airframe hears of it. */
    private void step(String name, String detail) {
        line.ledger().journal(serial, operatorCardId(), name, detail, java.util.Map.of());
        tell(new ProvisioningEvent.StepTaken(serial, name, detail));
    }

    private Unit unit() {
        return line.ledger()
                .unit(serial)
                .orElseThrow(() -> new IllegalStateException("a granted unit is in the ledger: " + serial));
    }

    /** What a stranger wrote, fit for a journal. */
    private static String printable(String untrusted) {
        String clean = untrusted.replaceAll("[^ -~]", "?");
        return clean.length() <= 200 ? clean : clean.substring(0, 200);
    }
}
