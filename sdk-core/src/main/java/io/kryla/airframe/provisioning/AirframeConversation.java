package io.kryla.airframe.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.StorageEntry;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.CertificateSigningRequest;
import io.kryla.v1.BirthCommit;
import io.kryla.v1.BirthStored;
import io.kryla.v1.CertIssue;
import io.kryla.v1.CertRequest;
import io.kryla.v1.CertStored;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.ClaimRequest;
import io.kryla.v1.Envelope;
import io.kryla.v1.FirmwareReport;
import io.kryla.v1.Installed;
import io.kryla.v1.MeasurementReport;
import io.kryla.v1.MeasurementRequest;
import io.kryla.v1.ParametersReport;
import io.kryla.v1.ParametersWrite;
import io.kryla.v1.ProvisioningMessage;
import io.kryla.v1.Refused;
import io.kryla.v1.SampleReport;
import io.kryla.v1.SampleRequest;
import java.util.List;
import java.util.Optional;

/**
 * The airframe's side of one provisioning conversation (protocol.md §8), in the order of its messages. Every step may
 * come again, in this conversation or the next, and gives the same result; nothing is stored that was not verified from
 * the root hash in the firmware, and the birth is stored last.
 *
 * <p>Hostile messages are refused, never thrown; a board that fails throws. Confined to one thread.
 */
final class AirframeConversation {
    private static final int MAX_PARAMETERS = 1024;
    private static final int MAX_MEASUREMENTS = 256;
    private static final int MAX_SAMPLES = 1_000;

    private final ProvisioningBoard board;
    private final ReceivedIdentity identity;

    private ClaimGrant grant = ClaimGrant.getDefaultInstance();

    /** @param station chain with which the station opened the connection; it was checked from the root */
    AirframeConversation(ProvisioningBoard board, CertificateChain station) {
        this.board = board;
        this.identity = new ReceivedIdentity(board, station);
    }

    ProvisioningMessage begin() {
        return ProvisioningMessage.newBuilder()
                .setClaimRequest(ClaimRequest.newBuilder()
                        .setDesignOid(board.designOid())
                        .setHardwareId(board.hardwareId()))
                .build();
    }

    /** Takes a message of the station, undecoded. */
    ProvisioningStep onMessage(byte[] untrusted) {
        ProvisioningMessage message;
        try {
            message = ProvisioningMessage.parseFrom(untrusted);
        } catch (InvalidProtocolBufferException e) {
            return refuse(RefusalCodes.BAD_STATE, "not a ProvisioningMessage");
        }
        switch (message.getMessageCase()) {
            case CLAIM_GRANT:
                return onClaimGrant(message.getClaimGrant());
            case REFUSED:
                return ended(message.getRefused());
            case STAND_BY:
                return new ProvisioningStep.Wait();
            default:
                break;
        }
        if (grant.getSerial().isEmpty()) {
            return refuse(RefusalCodes.BAD_STATE, "ClaimGrant expected, got " + message.getMessageCase());
        }
        if (message.hasCertIssue()) {
            return onCertIssue(message.getCertIssue());
        }
        if (!identity.isStored()) {
            return refuse(RefusalCodes.BAD_STATE, "CertIssue expected, got " + message.getMessageCase());
        }
        switch (message.getMessageCase()) {
            case FIRMWARE_REQUEST:
                return onFirmwareRequest(message.getFirmwareRequest().getManifest());
            case PARAMETERS_WRITE:
                return onParametersWrite(message.getParametersWrite());
            case MEASUREMENT_REQUEST:
                return onMeasurementRequest(message.getMeasurementRequest());
            case SAMPLE_REQUEST:
                return onSampleRequest(message.getSampleRequest());
            case INSTALLED:
                return onInstalled();
            case BIRTH_COMMIT:
                return onBirthCommit(message.getBirthCommit());
            default:
                return refuse(RefusalCodes.BAD_STATE, "unexpected " + message.getMessageCase());
        }
    }

    private ProvisioningStep onClaimGrant(ClaimGrant offered) {
        Optional<Fault> fault = identity.checkGrant(offered);
        if (fault.isPresent()) {
            return ProvisioningStep.refuse(fault.get());
        }
        grant = offered;
        board.storage().write(StorageEntry.CLAIM_GRANT, offered.toByteArray());
        return send(ProvisioningMessage.newBuilder()
                .setCertRequest(CertRequest.newBuilder()
                        .setPkcs10(ByteString.copyFrom(CertificateSigningRequest.create(
                                board.secureElement().identityKey(),
                                offered.getSerial(),
                                offered.getChallenge().toByteArray())))
                        .setLogKeyEndorsement(endorsement())));
    }

    /** Signed once for a serial and prefix, then stored: the ground gets the endorsement that the line has. */
    private Envelope endorsement() {
        var idevid = board.secureElement().identityKey();
        var logKey = board.secureElement().logKey().key();
        Optional<Envelope> stored = board.storage()
                .read(StorageEntry.LOG_KEY_ENDORSEMENT)
                .flatMap(AirframeConversation::envelope)
                .filter(envelope -> LogKeyEndorsements.endorsedKey(
                                envelope, idevid.key(), grant.getSerial(), grant.getOriginPrefix())
                        .filter(logKey::equals)
                        .isPresent());
        if (stored.isPresent()) {
            return stored.get();
        }
        Envelope endorsement = LogKeyEndorsements.endorse(idevid, logKey, grant.getSerial(), grant.getOriginPrefix());
        board.storage().write(StorageEntry.LOG_KEY_ENDORSEMENT, endorsement.toByteArray());
        return endorsement;
    }

    private ProvisioningStep onCertIssue(CertIssue issue) {
        Optional<Fault> fault = identity.accept(grant, issue);
        if (fault.isPresent()) {
            return ProvisioningStep.refuse(fault.get());
        }
        return send(ProvisioningMessage.newBuilder()
                .setCertStored(CertStored.newBuilder().setCertificateSha256(identity.certificateSha256())));
    }

    private ProvisioningStep onFirmwareRequest(Envelope manifest) {
        Optional<Fault> fault = new FirmwareInstallation(board, identity).install(manifest);
        if (fault.isPresent()) {
            return ProvisioningStep.refuse(fault.get());
        }
        return send(ProvisioningMessage.newBuilder()
                .setFirmwareReport(FirmwareReport.newBuilder()
                        .setImageSha256(imageSha256())
                        .setVersion(board.firmware().version())));
    }

    private ProvisioningStep onParametersWrite(ParametersWrite write) {
        if (write.getParametersCount() > MAX_PARAMETERS) {
            return refuse(RefusalCodes.BAD_STATE, "at most " + MAX_PARAMETERS + " parameters");
        }
        board.parameters().write(write.getParametersList());
        List<io.kryla.v1.Parameter> readBack = board.parameters().read();
        return send(ProvisioningMessage.newBuilder()
                .setParametersReport(ParametersReport.newBuilder().addAllParameters(readBack)));
    }

    private ProvisioningStep onMeasurementRequest(MeasurementRequest request) {
        if (request.getNamesCount() > MAX_MEASUREMENTS) {
            return refuse(RefusalCodes.BAD_STATE, "at most " + MAX_MEASUREMENTS + " measurements");
        }
        return send(ProvisioningMessage.newBuilder()
                .setMeasurementReport(MeasurementReport.newBuilder()
                        .addAllValues(board.selfTest().measure(request.getNamesList()))));
    }

    private ProvisioningStep onSampleRequest(SampleRequest request) {
        if (request.getCount() < 1 || request.getCount() > MAX_SAMPLES) {
            return refuse(RefusalCodes.BAD_STATE, "1 to " + MAX_SAMPLES + " samples");
        }
        return send(ProvisioningMessage.newBuilder()
                .setSampleReport(SampleReport.newBuilder()
                        .setSensor(request.getSensor())
                        .addAllSamples(board.selfTest().sample(request.getSensor(), request.getCount()))));
    }

    /** Answers with what it holds, whatever was said: comparing is the station's business. */
    private ProvisioningStep onInstalled() {
        return send(ProvisioningMessage.newBuilder()
                .setInstalled(Installed.newBuilder()
                        .setCertificateSha256(identity.certificateSha256())
                        .setFirmwareSha256(imageSha256())));
    }

    private ProvisioningStep onBirthCommit(BirthCommit commit) {
        Optional<Fault> fault = new BirthCheck(identity).check(grant.getSerial(), imageSha256(), commit);
        if (fault.isPresent()) {
            return ProvisioningStep.refuse(fault.get());
        }
        identity.pinOwner();
        board.storage().write(StorageEntry.BIRTH_COMMIT, commit.toByteArray());
        ByteString recordSha256 = ByteString.copyFrom(
                io.kryla.keys.Digest.sha256(commit.getBirthRecord().getPayload().toByteArray())
                        .bytes());
        return new ProvisioningStep.End(
                ProvisioningMessage.newBuilder()
                        .setBirthStored(BirthStored.newBuilder().setBirthRecordSha256(recordSha256))
                        .build(),
                new ProvisioningOutcome.Born(grant.getSerial(), false));
    }

    private ByteString imageSha256() {
        return ByteString.copyFrom(board.firmware().imageSha256().bytes());
    }

    private static ProvisioningStep ended(Refused refused) {
        return new ProvisioningStep.Ended(
                new ProvisioningOutcome.Refused(refused.getCode(), refused.getDetail(), false));
    }

    private static ProvisioningStep send(ProvisioningMessage.Builder message) {
        return new ProvisioningStep.Send(message.build());
    }

    private static ProvisioningStep refuse(String code, String detail) {
        return ProvisioningStep.refuse(new Fault(code, detail));
    }

    private static Optional<Envelope> envelope(byte[] stored) {
        try {
            return Optional.of(Envelope.parseFrom(stored));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
