package io.kryla.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.kryla.sframe.KeyLife;
import io.kryla.sframe.RejectCounters;
import io.kryla.sframe.RejectReason;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.FrameKind;
import io.kryla.v1.Hello;
import io.kryla.v1.KeyOffer;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.SessionRejected;
import io.kryla.v1.Subscribe;
import java.security.SecureRandom;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SetupTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Hello HELLO = Hello.newBuilder()
            .setSerial("KRYLA5TEST1")
            .addLogs(FlightLogInfo.newBuilder().setProfile("flight"))
            .build();
    private static final Subscribe SUBSCRIBE = Subscribe.newBuilder()
            .setProfile("flight")
            .setUdpPort(4000)
            .setNonce(ByteString.copyFrom(new byte[32]))
            .setLedgerCheckpointSha256(ByteString.copyFrom(new byte[32]))
            .build();

    private final AirframeSetup airframe = new AirframeSetup(HELLO, RANDOM);
    private final GroundSetup ground = new GroundSetup(hello -> new GroundSetup.Answer.Admit(SUBSCRIBE), 77, RANDOM);

    @Test
    void bothSidesAgreeOnTermsAndOnOneKeyADirection() {
        List<SessionMessage> fromGround = send(ground.receive(airframe.start().toByteArray()));
        assertThat(fromGround)
                .extracting(SessionMessage::getMessageCase)
                .containsExactly(SessionMessage.MessageCase.SUBSCRIBE, SessionMessage.MessageCase.KEY_OFFER);
        List<SessionMessage> fromAirframe =
                send(airframe.receive(fromGround.get(0).toByteArray()));
        SessionTerms onAirframe = established(airframe.receive(fromGround.get(1).toByteArray()));
        SessionTerms onGround = established(ground.receive(fromAirframe.get(0).toByteArray()));

        assertThat(onAirframe.udpPort()).isEqualTo(4000);
        assertThat(onAirframe.nonce()).isEqualTo(onGround.nonce());
        byte[] down = sender(onAirframe.keys()).seal(FrameKind.FRAME_KIND_RECORD, new byte[] {5}, 0);
        byte[] up = sender(onGround.keys()).seal(FrameKind.FRAME_KIND_COMMAND, new byte[] {6}, 0);
        SealedReceiver fromGroundUp = receiver(onAirframe.keys());
        assertThat(SessionKeys.claimedSessionId(down, 0, down.length)).isEqualTo(77);
        assertOpens(receiver(onGround.keys()), down, FrameKind.FRAME_KIND_RECORD, (byte) 5);
        assertOpens(fromGroundUp, up, FrameKind.FRAME_KIND_COMMAND, (byte) 6);
        // A frame turned back on its sender is nothing.
        assertThat(fromGroundUp.open(down, down.length, 0)).isInstanceOf(SealedReceiver.Result.Rejected.class);
    }

    @Test
    void aGroundThatDeniesSaysWhy() {
        GroundSetup denying =
                new GroundSetup(hello -> new GroundSetup.Answer.Deny("NO_BIRTH_PROOF", "not born"), 1, RANDOM);
        SetupStep.Refused onGround = refused(denying.receive(airframe.start().toByteArray()));
        assertThat(onGround.code()).isEqualTo("NO_BIRTH_PROOF");
        SetupStep.Refused onAirframe =
                refused(airframe.receive(onGround.notice().get(0).toByteArray()));
        assertThat(onAirframe.code()).isEqualTo("NO_BIRTH_PROOF");
        assertThat(onAirframe.notice()).isEmpty();
    }

    @Test
    void whatAPeerSaysOfItsRefusalIsMadePrintableAndShort() {
        SessionRejected forged = SessionRejected.newBuilder()
                .setCode("A\ncode of its own")
                .setDetail("two\nlines and \u001b[31m".concat("x".repeat(60_000)))
                .build();
        byte[] message = SessionMessage.newBuilder().setRejected(forged).build().toByteArray();
        for (SetupStep.Refused refused :
                List.of(refused(airframe.receive(message)), refused(ground.receive(message)))) {
            assertThat(refused.byPeer()).isTrue();
            assertThat(refused.code()).isEqualTo("MALFORMED");
            assertThat(refused.detail()).startsWith("two?lines and ?[31mx").hasSize(200);
        }
        byte[] foreignProfile = SessionMessage.newBuilder()
                .setSubscribe(SUBSCRIBE.toBuilder().setProfile("\n".repeat(60_000)))
                .build()
                .toByteArray();
        SetupStep.Refused own = refused(airframe.receive(foreignProfile));
        assertThat(own.byPeer()).isFalse();
        assertThat(own.detail()).hasSizeLessThan(300).doesNotContain("\n");
    }

    @Test
    void nothingOutOfOrderIsTaken() {
        SessionMessage offer = SessionMessage.newBuilder()
                .setKeyOffer(SessionKeys.freshOffer(RANDOM, 5))
                .build();
        assertThat(refused(airframe.receive(offer.toByteArray())).code()).isEqualTo("OUT_OF_ORDER");
        assertThat(refused(ground.receive(offer.toByteArray())).code()).isEqualTo("OUT_OF_ORDER");
        assertThat(refused(airframe.receive(airframe.start().toByteArray())).code())
                .isEqualTo("OUT_OF_ORDER");
        ground.receive(airframe.start().toByteArray());
        assertThat(refused(ground.receive(airframe.start().toByteArray())).code())
                .isEqualTo("OUT_OF_ORDER");
    }

    @Test
    void anAirframeRefusesTermsOutOfBounds() {
        assertSubscribeRefused(SUBSCRIBE.toBuilder().setProfile("radio"), "UNKNOWN_PROFILE");
        assertSubscribeRefused(SUBSCRIBE.toBuilder().setUdpPort(0), "MALFORMED");
        assertSubscribeRefused(SUBSCRIBE.toBuilder().setUdpPort(65_536), "MALFORMED");
        assertSubscribeRefused(SUBSCRIBE.toBuilder().setNonce(ByteString.EMPTY), "MALFORMED");
        assertSubscribeRefused(SUBSCRIBE.toBuilder().setLedgerCheckpointSha256(ByteString.EMPTY), "MALFORMED");
    }

    @Test
    void anOfferOutOfBoundsMakesNoKeys() {
        KeyOffer own = SessionKeys.freshOffer(RANDOM, 1);
        assertThat(SessionKeys.agree(own, own)).isEmpty();
        assertThat(SessionKeys.agree(own, SessionKeys.freshOffer(RANDOM, 1 << 24)))
                .isEmpty();
        assertThat(SessionKeys.agree(own, SessionKeys.freshOffer(RANDOM, -1))).isEmpty();
        assertThat(SessionKeys.agree(
                        own,
                        KeyOffer.newBuilder()
                                .setBaseKey(ByteString.copyFrom(new byte[31]))
                                .build()))
                .isEmpty();
        assertThat(SessionKeys.agree(own, SessionKeys.freshOffer(RANDOM, 1))).isPresent();
    }

    @Test
    void aSealedMessageOfNoKnownKindIsRejectedAndCounted() {
        KeyOffer one = SessionKeys.freshOffer(RANDOM, 1);
        KeyOffer other = SessionKeys.freshOffer(RANDOM, 2);
        byte[] unspecified = sender(SessionKeys.agree(one, other).orElseThrow())
                .seal(FrameKind.FRAME_KIND_UNSPECIFIED, new byte[3], 0);
        SealedReceiver receiver = receiver(SessionKeys.agree(other, one).orElseThrow());
        assertThat(receiver.open(unspecified, unspecified.length, 0))
                .isEqualTo(new SealedReceiver.Result.Rejected(RejectReason.MALFORMED));
        assertThat(receiver.rejections().total()).isEqualTo(1);
    }

    @Test
    void aRecordOfTheProfileFitsTheLongestDatagram() {
        assertThat(io.kryla.telemetry.TelemetryProfile.FLIGHT.maxRecordBytes()).isEqualTo(SealedSender.MAX_BODY_BYTES);
    }

    @Property(tries = 300)
    void hostileBytesAreRefusedAndNeverThrow(@ForAll @Size(max = 120) byte[] hostile) {
        assertThat(new AirframeSetup(HELLO, RANDOM).receive(hostile)).isInstanceOf(SetupStep.Refused.class);
        GroundSetup.Answer deny = new GroundSetup.Answer.Deny("X", "");
        assertThat(new GroundSetup(hello -> deny, 1, RANDOM).receive(hostile)).isInstanceOf(SetupStep.Refused.class);
        SessionKeys.claimedSessionId(hostile, 0, hostile.length);
    }

    @Test
    void aDirectionHasOneSenderAndOneReceiver() {
        SessionKeys keys = SessionKeys.agree(SessionKeys.freshOffer(RANDOM, 1), SessionKeys.freshOffer(RANDOM, 2))
                .orElseThrow();
        sender(keys);
        receiver(keys);
        assertThatThrownBy(() -> sender(keys)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver(keys)).isInstanceOf(IllegalStateException.class);
    }

    private static SealedSender sender(SessionKeys keys) {
        return keys.sender(KeyLife.STANDARD, 0);
    }

    private static SealedReceiver receiver(SessionKeys keys) {
        return keys.receiver(new RejectCounters(), 0);
    }

    private static void assertSubscribeRefused(Subscribe.Builder subscribe, String code) {
        byte[] message =
                SessionMessage.newBuilder().setSubscribe(subscribe).build().toByteArray();
        assertThat(refused(new AirframeSetup(HELLO, RANDOM).receive(message)).code())
                .isEqualTo(code);
    }

    private static void assertOpens(SealedReceiver receiver, byte[] datagram, FrameKind kind, byte body) {
        assertThat(receiver.open(datagram, datagram.length, 0))
                .isInstanceOfSatisfying(SealedReceiver.Result.Opened.class, opened -> {
                    assertThat(opened.kind()).isEqualTo(kind);
                    assertThat(opened.body()).containsExactly(body);
                });
    }

    private static List<SessionMessage> send(SetupStep step) {
        assertThat(step).isInstanceOf(SetupStep.Send.class);
        return ((SetupStep.Send) step).messages();
    }

    private static SessionTerms established(SetupStep step) {
        assertThat(step).isInstanceOf(SetupStep.Established.class);
        return ((SetupStep.Established) step).terms();
    }

    private static SetupStep.Refused refused(SetupStep step) {
        assertThat(step).isInstanceOf(SetupStep.Refused.class);
        return (SetupStep.Refused) step;
    }
}
