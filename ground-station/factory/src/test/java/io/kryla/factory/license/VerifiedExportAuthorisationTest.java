package io.kryla.factory.license;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.dsse.DsseSigner;
import io.kryla.dsse.PayloadType;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.DocumentResult;
import io.kryla.keys.Signer;
import io.kryla.v1.Envelope;
import io.kryla.v1.ExportAuthorisation;
import org.junit.jupiter.api.Test;

class VerifiedExportAuthorisationTest {
    private final TestLicensor licensor = new TestLicensor();
    private final ExportAuthorisation content = contentOf(licensor.exportAuthorisation(2));

    @Test
    void opensWhatTheNamedOfficerSigned() {
        assertThat(open(licensor.exportAuthorisation(2)))
                .isInstanceOfSatisfying(
                        DocumentResult.Verified.class,
                        verified -> assertThat(((VerifiedExportAuthorisation) verified.document())
                                        .content()
                                        .getQuantity())
                                .isEqualTo(2));
    }

    @Test
    void refusesOtherSigners() {
        assertThat(code(signed(content, licensor.centreKey))).isEqualTo("UNKNOWN_SIGNER");
        assertThat(code(signed(content.toBuilder().setOfficerId("nobody").build(), licensor.officerKey)))
                .isEqualTo("UNKNOWN_SIGNER");
    }

    @Test
    void refusesLedgersAndCentresThatTheBundleDoesNotName() {
        assertThat(code(signed(content.toBuilder().setCentreId("elsewhere").build(), licensor.officerKey)))
                .isEqualTo("FOREIGN");
        assertThat(code(signed(content.toBuilder().setLedgerOrigin("elsewhere").build(), licensor.officerKey)))
                .isEqualTo("FOREIGN");
    }

    @Test
    void refusesIncompleteOnes() {
        assertThat(code(signed(content.toBuilder().setQuantity(0).build(), licensor.officerKey)))
                .isEqualTo("MALFORMED");
        assertThat(code(signed(content.toBuilder().clearAuthorityDocument().build(), licensor.officerKey)))
                .isEqualTo("MALFORMED");
        assertThat(code(signed(content.toBuilder().setDestination("Norway").build(), licensor.officerKey)))
                .isEqualTo("MALFORMED");
        assertThat(code(Envelope.getDefaultInstance())).isEqualTo("UNKNOWN_SIGNER");
    }

    private static Envelope signed(ExportAuthorisation content, Signer signer) {
        return DsseSigner.sign(PayloadType.EXPORT_AUTHORISATION, content.toByteArray(), signer);
    }

    private DocumentResult<VerifiedExportAuthorisation> open(Envelope envelope) {
        return VerifiedExportAuthorisation.open(licensor.bundle, envelope);
    }

    private String code(Envelope envelope) {
        DocumentResult<VerifiedExportAuthorisation> result = open(envelope);
        assertThat(result).isInstanceOf(DocumentResult.Rejected.class);
        return ((DocumentResult.Rejected<VerifiedExportAuthorisation>) result)
                .code()
                .name();
    }

    private static ExportAuthorisation contentOf(Envelope envelope) {
        try {
            return ExportAuthorisation.parseFrom(envelope.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
