package io.kryla.factory.provisioning;

import io.kryla.airframe.provisioning.StationLink;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.KrylaException;
import io.kryla.keys.VerificationKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** A connection without a network: the line's conversation itself, which can be cut after any message. */
public final class ConversationLink implements StationLink {
    private final CertificateChain station;
    private final UnitConversation conversation;
    private final Queue<byte[]> answers = new ArrayDeque<>();
    public final List<ProvisioningEvent> events = new ArrayList<>();
    private UnaryOperator<byte[]> fromAirframe = UnaryOperator.identity();
    private UnaryOperator<byte[]> fromStation = UnaryOperator.identity();
    private Runnable beforeCertRequest = () -> {};
    private int left = Integer.MAX_VALUE;
    private int sent;

    private ConversationLink(ProvisioningLine line, VerificationKey airframe) {
        this.station = line.station().chain();
        this.conversation = new UnitConversation(line, airframe, events::add);
    }

    public static ConversationLink to(ProvisioningLine line, VerificationKey airframe) {
        return new ConversationLink(line, airframe);
    }

    /** Messages of both directions together that still get through. */
    public ConversationLink cutAfter(int messages) {
        left = messages;
        return this;
    }

    public ConversationLink changingWhatTheAirframeSays(UnaryOperator<byte[]> change) {
        fromAirframe = change;
        return this;
    }

    public ConversationLink changingWhatTheStationSays(UnaryOperator<byte[]> change) {
        fromStation = change;
        return this;
    }

    public ConversationLink beforeTheSecondMessage(Runnable action) {
        beforeCertRequest = action;
        return this;
    }

    @Override
    public CertificateChain peerChain() {
        return station;
    }

    @Override
    public void send(byte[] message) {
        pass();
        if (++sent == 2) {
            beforeCertRequest.run();
        }
        LineStep step = conversation.onMessage(fromAirframe.apply(message));
        while (step instanceof LineStep.AtBench atBench) {
            List<BenchAnswer> answered = new ArrayList<>();
            atBench.workbench().ask(atBench.task(), answered::add);
            step = conversation.onBench(answered.get(0));
        }
        if (step instanceof LineStep.Send send) {
            answers.add(send.message().toByteArray());
        } else if (step instanceof LineStep.Refuse refuse) {
            answers.add(refuse.message().toByteArray());
        }
    }

    @Override
    public byte[] receive(Duration wall) {
        pass();
        byte[] answer = answers.poll();
        if (answer == null) {
            throw new KrylaException("CHANNEL_CLOSED", "the station has nothing to say", true);
        }
        return fromStation.apply(answer);
    }

    private void pass() {
        if (left-- <= 0) {
            throw new KrylaException("CHANNEL_CLOSED", "cut", true);
        }
    }
}
