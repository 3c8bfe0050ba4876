package io.kryla.radio.setup;

import com.google.protobuf.ByteString;
import io.kryla.ground.line.TestAirframe;
import io.kryla.ground.line.TestLine;
import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.identity.TlsContexts;
import io.kryla.identity.TlsIdentity;
import io.kryla.keys.Digest;
import io.kryla.radio.stream.LineStream;
import io.kryla.radio.stream.SimulatedLine;
import io.kryla.session.AirframeSetup;
import io.kryla.session.GroundSetup;
import io.kryla.session.TlsConnection;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.Hello;
import io.kryla.v1.LeafProof;
import io.kryla.v1.Subscribe;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Session set-ups of one airframe and one ground with chains, proofs and messages as they are in the field. */
final class SimulatedSetup {
    private static final String ALPN = "kryla/1";
    /** What a peer may do is judged where it is real; here it costs what it costs: the chains go over the line. */
    private static final PeerCheck ANYONE = (chain, alpn) -> new PeerDecision.Accepted();

    private final SecureRandom random = new SecureRandom();
    private final TlsIdentity ground;
    private final TlsIdentity airframe;
    private final Hello hello;

    SimulatedSetup(Path folder) throws Exception {
        TestLine line = new TestLine();
        TestAirframe unit = TestAirframe.born(line, "KRYL6RADIO1", folder);
        LeafProof birth = line.ledger.appendCosigned(unit.born(), TestAirframe.BORN_AT);
        ground = line.ground();
        airframe = unit.tls();
        hello = Hello.newBuilder()
                .setSerial(unit.serial)
                .setBoot(1)
                .addLogs(FlightLogInfo.newBuilder().setProfile("radio").setOrigin(unit.originPrefix() + "/1/radio"))
                .setFirmwareSha256(ByteString.copyFrom(new byte[Digest.LENGTH]))
                .setLogKeyEndorsement(unit.endorsement(unit.serial))
                .setBirth(birth)
                .build();
    }

    Hello hello() {
        return hello;
    }

    /** Begins at the line's present time. */
    Attempt begin(SimulatedLine line) {
        return new Attempt(line);
    }

    /** One set-up on its way. */
    final class Attempt {
        private final SimulatedLine line;
        private final SetupEnd airframeEnd;
        private @Nullable SetupEnd groundEnd;

        private Attempt(SimulatedLine line) {
            this.line = line;
            LineStream stream = line.airframe().multiplexer().open(random.nextInt(), line.nowNanos());
            AirframeSetup setup = new AirframeSetup(hello, random);
            this.airframeEnd = new SetupEnd(
                    stream,
                    tls(TlsContexts.clientEngine(airframe, ALPN)),
                    ANYONE,
                    Optional.of(setup.start()),
                    setup::receive);
            line.use(this::proceed);
        }

        private void proceed() {
            LineStream opened = groundEnd == null ? line.ground().multiplexer().pollOpened() : null;
            if (opened != null) {
                GroundSetup setup = new GroundSetup(greeting -> new GroundSetup.Answer.Admit(subscribe()), 1, random);
                groundEnd = new SetupEnd(
                        opened, tls(TlsContexts.serverEngine(ground, ALPN)), ANYONE, Optional.empty(), setup::receive);
            }
            airframeEnd.proceed();
            if (groundEnd != null) {
                groundEnd.proceed();
            }
        }

        boolean established() {
            return groundEnd != null && airframeEnd.established() && groundEnd.established();
        }
    }

    private static Subscribe subscribe() {
        return Subscribe.newBuilder()
                .setProfile("radio")
                .setUdpPort(1)
                .setNonce(ByteString.copyFrom(new byte[Digest.LENGTH]))
                .setLedgerCheckpointSha256(ByteString.copyFrom(new byte[Digest.LENGTH]))
                .build();
    }

    private static TlsConnection tls(SSLEngine engine) {
        try {
            return new TlsConnection(engine);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
