package io.kryla.ground.record;

import io.kryla.keys.Digest;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.ReceiverJoined;
import io.kryla.v1.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a flight's records say of it as a whole, gathered as they go by, in bounded memory. */
final class FlightContent {
    /** A ground that loses its link joins again; nobody needs to name more of them. */
    static final int MOST_RECEIVERS = 4_096;

    private final Digest recorderSha256;
    private final List<ReceiverJoined> receivers = new ArrayList<>();
    private Optional<LogCloseReason> closeReason = Optional.empty();
    private boolean recorderJoined;
    private long samples;
    private long lastNanos;

    /** @param recorderSha256 hash of the recording ground's certificate */
    FlightContent(Digest recorderSha256) {
        this.recorderSha256 = recorderSha256;
    }

    void take(AttestedRecord record) {
        for (Sample sample : record.record().getSamplesList()) {
            samples++;
            lastNanos = sample.getFlightTimeNanos();
            if (sample.hasReceiverJoined()) {
                joined(sample.getReceiverJoined());
            } else if (sample.hasLogClosed()) {
                closeReason = Optional.of(sample.getLogClosed().getReason());
            }
        }
    }

    private void joined(ReceiverJoined receiver) {
        recorderJoined |=
                recorderSha256.matches(receiver.getGroundCertificateSha256().toByteArray());
        if (receivers.size() < MOST_RECEIVERS) {
            receivers.add(receiver);
        }
    }

    List<ReceiverJoined> receivers() {
        return Collections.unmodifiableList(receivers);
    }

    boolean recorderJoined() {
        return recorderJoined;
    }

    Optional<LogCloseReason> closeReason() {
        return closeReason;
    }

    long samples() {
        return samples;
    }

    long lastNanos() {
        return lastNanos;
    }
}
