package io.kryla.factory.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.CrlProfile;
import io.kryla.identity.CrlSet;
import io.kryla.identity.DocumentRejection;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.Role;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BadgeRegisterTest {
    private final BadgeBench bench = new BadgeBench();
    private final Instant now = bench.clock.instant();
    private final Signer stationKey = bench.licensor.p256();
    private final TlsIdentity station = new TlsIdentity(
            stationKey,
            bench.licensor.operationsCa.issueStation(
                    stationKey.key(), "station-1", TestLicensor.STATION_OID, TestLicensor.START));

    private DocumentResult<BadgeRegister> open(Envelope envelope, String line) {
        return BadgeRegister.open(
                envelope, line, bench.licensor.bundle, new CrlSet(bench.crls, CrlProfile.FIELD, now), now);
    }

    @Test
    void comesBackAsItWasSigned() {
        Badge badge = bench.enrolled("card-1", bench.desk.newPersonId(), Role.TECHNICIAN, Role.TESTER);
        bench.chain(badge, Role.TESTER);
        bench.enrolled("card-2", bench.desk.newPersonId(), Role.EXPORT_OFFICER);
        bench.desk.revoke("card-2");
        BadgeRegister register = bench.store.read();

        BadgeRegister opened =
                ((DocumentResult.Verified<BadgeRegister>) open(register.sign(station, now), "DE-01")).document();

        assertThat(opened.cards()).containsExactlyElementsOf(register.cards());
        assertThat(opened.revision()).isEqualTo(1);
        BadgeRegister again =
                ((DocumentResult.Verified<BadgeRegister>) open(opened.sign(station, now), "DE-01")).document();
        assertThat(again.revision()).isEqualTo(2);
    }

    @Test
    void isOfThisLineAndSignedByItsStation() {
        Envelope signed = bench.store.read().sign(station, now);

        assertThat(code(open(signed, "GB-01"))).isEqualTo(DocumentRejection.UNKNOWN_SIGNER);
        Badge badge = bench.enrolled("card-1", bench.desk.newPersonId(), Role.QUALITY);
        Envelope altered = signed.toBuilder()
                .setPayload(bench.store.read().sign(station, now).getPayload())
                .build();
        assertThat(code(open(altered, "DE-01"))).isEqualTo(DocumentRejection.UNKNOWN_SIGNER);
        assertThat(code(open(badge.requestSignOn("DE-01", Role.QUALITY, new byte[16]), "DE-01")))
                .isEqualTo(DocumentRejection.UNKNOWN_SIGNER);
        assertThat(code(open(BadgeRegister.empty("GB-01").sign(station, now), "DE-01")))
                .isEqualTo(DocumentRejection.MALFORMED);
    }

    private static DocumentRejection code(DocumentResult<BadgeRegister> result) {
        return ((DocumentResult.Rejected<BadgeRegister>) result).code();
    }
}
