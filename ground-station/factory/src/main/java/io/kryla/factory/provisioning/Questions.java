package io.kryla.factory.provisioning;

import io.kryla.v1.ClaimGrant;
import io.kryla.v1.FirmwareRequest;
import io.kryla.v1.ParametersWrite;
import io.kryla.v1.ProvisioningMessage;

/** What a line asks every airframe alike. */
final class Questions {
    private Questions() {}

    static ProvisioningMessage.Builder grant(ProvisioningLine line, String serial, Challenge challenge) {
        return ProvisioningMessage.newBuilder()
                .setClaimGrant(ClaimGrant.newBuilder()
                        .setSerial(serial)
                        .setChallenge(challenge.bytes())
                        .setOriginPrefix(line.originPrefix(serial))
                        .setLine(line.license().content().getLine())
                        .setTrustBundle(line.bundle().envelope())
                        .addAllCrls(line.crlsDer()));
    }

    static ProvisioningMessage.Builder firmware(ProvisioningLine line) {
        return ProvisioningMessage.newBuilder()
                .setFirmwareRequest(
                        FirmwareRequest.newBuilder().setManifest(line.firmware().envelope()));
    }

    static ProvisioningMessage.Builder parameters(ProvisioningLine line) {
        return ProvisioningMessage.newBuilder()
                .setParametersWrite(ParametersWrite.newBuilder()
                        .addAllParameters(line.firmware().content().getParametersList()));
    }
}
