package io.kryla.station.trial;

import com.google.protobuf.ByteString;
import io.kryla.keys.Digest;
import io.kryla.v1.Born;
import io.kryla.v1.LedgerLeaf;
import io.kryla.v1.License;
import java.nio.charset.StandardCharsets;

/** Leaves as a bench would ask for them, without a bench. */
public final class TrialLeaves {
    static final String ACTOR = "card-1";

    private TrialLeaves() {}

    /** BORN of a claimed unit; certificate, birth record and firmware are hashes of nothing. */
    public static LedgerLeaf born(License license, String serial, Digest key, Digest hardware) {
        ByteString nothing = ByteString.copyFrom(
                Digest.sha256(serial.getBytes(StandardCharsets.US_ASCII)).bytes());
        return LedgerLeaf.newBuilder()
                .setActorId(ACTOR)
                .setSerial(serial)
                .setBorn(Born.newBuilder()
                        .setLicensePolicyOid(license.getPolicyOid())
                        .setLicenseRevision(license.getRevision())
                        .setIdevidKeySha256(ByteString.copyFrom(key.bytes()))
                        .setHardwareIdSha256(ByteString.copyFrom(hardware.bytes()))
                        .setIdevidCertificateSha256(nothing)
                        .setBirthRecordSha256(nothing)
                        .setFirmwareSha256(nothing))
                .build();
    }
}
