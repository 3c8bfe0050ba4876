package io.kryla.radio.setup;

import io.kryla.identity.PeerCheck;
import io.kryla.identity.PeerDecision;
import io.kryla.radio.stream.LineStream;
import io.kryla.session.SessionTerms;
import io.kryla.session.SetupStep;
import io.kryla.session.TlsConnection;
import io.kryla.v1.SessionMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One end of a session's set-up, TLS included, over a simulated stream: everything but threads and sockets is real. */
final class SetupEnd {
    private final LineStream stream;
    private final TlsConnection tls;
    private final PeerCheck check;
    private final Optional<SessionMessage> opening;
    private final Function<byte[], SetupStep> setup;
    private final byte[] buffer = new byte[4_096];
    private byte[] unsent = new byte[0];
    private int written;
    private int announced = -1;
    private boolean judged;
    private @Nullable SessionTerms terms;

    SetupEnd(
            LineStream stream,
            TlsConnection tls,
            PeerCheck check,
            Optional<SessionMessage> opening,
            Function<byte[], SetupStep> setup) {
        this.stream = stream;
        this.tls = tls;
        this.check = check;
        this.opening = opening;
        this.setup = setup;
    }

    boolean established() {
        return terms != null && written == unsent.length;
    }

    Optional<SessionTerms> terms() {
        return Optional.ofNullable(terms);
    }

    void proceed() {
        try {
            for (int count = stream.read(buffer); count > 0; count = stream.read(buffer)) {
                tls.receive(buffer, count);
            }
            if (tls.established() && !judged) {
                judge();
            }
            while (judged && hasMessage()) {
                act(setup.apply(tls.take(announced)));
                announced = -1;
            }
            flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void judge() throws IOException {
        if (tls.check(check) instanceof PeerDecision.Refused refused) {
            throw new AssertionError(refused);
        }
        judged = true;
        if (opening.isPresent()) {
            say(opening.get());
        }
    }

    private boolean hasMessage() {
        if (announced < 0 && tls.available() >= Integer.BYTES) {
            announced = ByteBuffer.wrap(tls.take(Integer.BYTES)).getInt();
        }
        return announced >= 0 && tls.available() >= announced;
    }

    private void act(SetupStep step) throws IOException {
        if (step instanceof SetupStep.Refused refused) {
            throw new AssertionError(refused);
        }
        List<SessionMessage> messages =
                step instanceof SetupStep.Send send ? send.messages() : ((SetupStep.Established) step).messages();
        for (SessionMessage message : messages) {
            say(message);
        }
        if (step instanceof SetupStep.Established up) {
            terms = up.terms();
        }
    }

    private void say(SessionMessage message) throws IOException {
        byte[] bytes = message.toByteArray();
        tls.send(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }

    private void flush() {
        if (written == unsent.length) {
            unsent = tls.takeOutgoing();
            written = 0;
        }
        written += stream.write(unsent, written, unsent.length - written);
    }
}
