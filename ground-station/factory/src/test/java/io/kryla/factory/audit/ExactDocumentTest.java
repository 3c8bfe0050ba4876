package io.kryla.factory.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.kryla.v1.Capsule;
import io.kryla.v1.Envelope;
import io.kryla.v1.EnvelopeSignature;
import org.junit.jupiter.api.Test;

class ExactDocumentTest {
    private static final Envelope ENVELOPE = Envelope.newBuilder()
            .setPayload(ByteString.copyFromUtf8("payload"))
            .setPayloadType("type")
            .addSignatures(EnvelopeSignature.newBuilder().setKeyid("key"))
            .build();
    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    @Test
    void takesWhatWouldBeWritten() {
        assertThat(ExactDocument.decode(Envelope.parser(), ENVELOPE.toByteArray()))
                .contains(ENVELOPE);
    }

    @Test
    void refusesUnknownFieldsOnAnyLevel() {
        Envelope outer = ENVELOPE.toBuilder().setUnknownFields(UNKNOWN).build();
        Envelope inner = ENVELOPE.toBuilder()
                .setSignatures(0, EnvelopeSignature.newBuilder().setUnknownFields(UNKNOWN))
                .build();
        Capsule innermost = Capsule.newBuilder().setLicense(inner).build();
        assertThat(ExactDocument.decode(Envelope.parser(), outer.toByteArray())).isEmpty();
        assertThat(ExactDocument.decode(Envelope.parser(), inner.toByteArray())).isEmpty();
        assertThat(ExactDocument.decode(Capsule.parser(), innermost.toByteArray()))
                .isEmpty();
    }

    @Test
    void refusesOtherEncodingsOfTheSameContent() {
        byte[] twice = ByteString.copyFrom(ENVELOPE.toByteArray())
                .concat(Envelope.newBuilder().setPayloadType("type").build().toByteString())
                .toByteArray();
        byte[] longLength = {0x0a, (byte) 0x81, 0x00, 'p'};
        assertThat(ExactDocument.decode(Envelope.parser(), twice)).isEmpty();
        assertThat(ExactDocument.decode(Envelope.parser(), longLength)).isEmpty();
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(ExactDocument.decode(Envelope.parser(), new byte[] {(byte) 0xff}))
                .isEmpty();
    }
}
