package io.kryla.session;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.kryla.fuzz.CountingRandom;
import io.kryla.fuzz.Executions;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.Hello;
import io.kryla.v1.SessionMessage;
import io.kryla.v1.SessionRejected;
import io.kryla.v1.Subscribe;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of session set-up, one or two after each other, on either side. */
class SetupFuzzTest {
    private static final SecureRandom RANDOM = new CountingRandom();
    private static final Hello HELLO = Hello.newBuilder()
            .setSerial("KRYLA5TEST1")
            .addLogs(FlightLogInfo.newBuilder().setProfile("flight").setOrigin("example/KRYLA5TEST1/1/flight"))
            .build();
    private static final Subscribe SUBSCRIBE = Subscribe.newBuilder()
            .setProfile("flight")
            .setUdpPort(4_000)
            .setNonce(ByteString.copyFrom(new byte[32]))
            .setLedgerCheckpointSha256(ByteString.copyFrom(new byte[32]))
            .build();

    static Stream<byte[]> seeds() {
        byte[] offer = SessionMessage.newBuilder()
                .setKeyOffer(SessionKeys.freshOffer(RANDOM, 5))
                .build()
                .toByteArray();
        return Stream.of(
                pair(SessionMessage.newBuilder().setHello(HELLO).build().toByteArray(), offer),
                pair(SessionMessage.newBuilder().setSubscribe(SUBSCRIBE).build().toByteArray(), offer),
                pair(
                        SessionMessage.newBuilder()
                                .setRejected(SessionRejected.newBuilder()
                                        .setCode("NO_QUORUM")
                                        .setDetail("why"))
                                .build()
                                .toByteArray(),
                        new byte[0]));
    }

    private static byte[] pair(byte[] first, byte[] second) {
        byte[] both = new byte[1 + first.length + second.length];
        both[0] = (byte) first.length;
        System.arraycopy(first, 0, both, 1, first.length);
        System.arraycopy(second, 0, both, 1 + first.length, second.length);
        return both;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void messagesOfPeers(byte[] input) {
        Executions.count();
        int split = input.length == 0 ? 0 : Math.min(input.length, 1 + (input[0] & 0xff));
        byte[] first = Arrays.copyOfRange(input, Math.min(1, input.length), Math.max(1, split));
        byte[] second = Arrays.copyOfRange(input, split, input.length);
        AirframeSetup airframe = new AirframeSetup(HELLO, RANDOM);
        check(airframe.receive(first));
        check(airframe.receive(second));
        GroundSetup ground = new GroundSetup(hello -> new GroundSetup.Answer.Admit(SUBSCRIBE), 77, RANDOM);
        check(ground.receive(first));
        check(ground.receive(second));
    }

    private static boolean isPrintable(String text, int most) {
        return text.length() <= most && text.chars().allMatch(character -> character >= ' ' && character <= '~');
    }

    private static void check(SetupStep step) {
        if (step instanceof SetupStep.Refused refused) {
            require(isPrintable(refused.code(), 40) && isPrintable(refused.detail(), 300), "fit for a log");
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
