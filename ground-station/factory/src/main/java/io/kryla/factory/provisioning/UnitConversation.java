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
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementReport;
import io.kryla.v1.ParametersReport;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.ProvisioningMessage.MessageCase;
import java.util.List;

/**
 * The line's side of one provisioning conversation (protocol.md §8), in the order of its messages. It holds nothing that
 * matters: whatever a unit has reached is in the ledger before the answer is returned, so a conversation that was cut at
 * any message is simply begun again, by this process or another.
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
            case MEASUREMENT_REPORT:
                return onMeasurementReport(message.getMeasurementReport());
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
        ClaimResult result = line.ledger()
                .claim(
                        airframeKey.spkiSha256(),
                        Digest.sha256(request.getHardwareId().toByteArray()),
                        line.stationId());
        if (result instanceof Refused) {
            return refuse(((Refused) result).code(), ((Refused) result).reason());
        }
        ClaimResult.Granted granted = (ClaimResult.Granted) result;
        Unit unit = granted.unit();
        serial = unit.serial();
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
            return ask(MessageCase.FIRMWARE_REPORT, Questions.firmware(line));
        }
        return state == UnitState.INSTALLED ? confirmInstalled() : commitBirth();
    }

    private LineStep onFirmwareReport(FirmwareReport report) {
        var released = line.firmware().content();
        if (!released.getImageSha256().equals(report.getImageSha256())
                || !released.getVersion().equals(report.getVersion())) {
            return refuse(
                    RefusalCodes.FIRMWARE_MISMATCH,
                    "released " + released.getVersion() + ", read back " + report.getVersion()
                            + (report.getImageSha256().equals(released.getImageSha256()) ? "" : " with another image"));
        }
        step("FIRMWARE_READ_BACK", report.getVersion());
        return ask(MessageCase.PARAMETERS_REPORT, Questions.parameters(line));
    }

    private LineStep onParametersReport(ParametersReport report) {
        var wanted = line.firmware().content().getParametersList();
        var missing = wanted.stream()
                .filter(parameter -> !report.getParametersList().contains(parameter))
                .findFirst();
        if (missing.isPresent()) {
            return refuse(RefusalCodes.PARAMETER_MISMATCH, missing.get().getName() + " was not read back as written");
        }
        step("PARAMETERS_READ_BACK", Integer.toString(wanted.size()));
        return ask(MessageCase.MEASUREMENT_REPORT, Questions.measurements(line));
    }

    private LineStep onMeasurementReport(MeasurementReport report) {
        List<Measurement> judged = line.testPlan().judge(report.getValuesList());
        List<String> failures = TestPlan.failures(judged);
        if (!failures.isEmpty()) {
            step("SELF_TEST_FAILED", String.join(", ", failures));
            return refuse(RefusalCodes.SELF_TEST_FAILED, String.join(", ", failures));
        }
        birthDesk.install(unit(), identityDesk, judged);
        step("INSTALLED", line.testPlan().name());
        return confirmInstalled();
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
        listener.on(new ProvisioningEvent.UnitBorn(serial));
        return new LineStep.Complete(serial);
    }

    private LineStep refusedByAirframe(io.kryla.v1.Refused refused) {
        String code = refused.getCode().matches("[A-Z][A-Z_]{0,39}") ? refused.getCode() : RefusalCodes.BAD_STATE;
        String detail = printable(refused.getDetail());
        if (!serial.isEmpty()) {
            step("REFUSED_BY_AIRFRAME", code + ": " + detail);
        }
        listener.on(new ProvisioningEvent.ConversationRefused(serial, code, detail, true));
        return new LineStep.RefusedByAirframe(code, detail);
    }

    private LineStep refuse(String code, String detail) {
        listener.on(new ProvisioningEvent.ConversationRefused(serial, code, detail, false));
        return new LineStep.Refuse(code, detail);
    }

    private LineStep ask(MessageCase answer, ProvisioningMessage.Builder question) {
        expected = answer;
        return new LineStep.Send(question.build());
    }

    /** The step is durable before the airframe hears of it. */
    private void step(String name, String detail) {
        line.ledger().journal(serial, line.operatorCardId(), name, detail, java.util.Map.of());
        listener.on(new ProvisioningEvent.StepTaken(serial, name, detail));
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
