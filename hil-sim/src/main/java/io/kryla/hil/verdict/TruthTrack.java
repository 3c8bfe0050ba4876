package io.kryla.hil.verdict;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.mcap.McapChannel;
import io.kryla.mcap.McapLimits;
import io.kryla.mcap.McapMessage;
import io.kryla.mcap.McapReadResult;
import io.kryla.mcap.McapReader;
import io.kryla.mcap.McapVisitor;
import io.kryla.v1.TrueState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The true course of a flight, as the rig recorded it (protocol.md §10). Positions are relative to the first sample, which
 * is home.
 */
public final class TruthTrack {
    /** Between two samples of a recording. */
    public static final long INTERVAL_NANOS = 10_000_000;

    public static final String TOPIC = "truth";

    private final Trajectory trajectory;
    private final BitSet onGround;

    private TruthTrack(Trajectory trajectory, BitSet onGround) {
        this.trajectory = trajectory;
        this.onGround = onGround;
    }

    /** Reads {@code truth.mcap}; a file that no rig writes is refused with {@link RecordingException}. */
    public static TruthTrack read(Path file) {
        if (!Files.exists(file)) {
            throw new RecordingException("TRUTH_MISSING", file + " does not exist; name the flight's truth.mcap");
        }
        var states = new ArrayList<TrueState>();
        var invalid = new ArrayList<String>();
        var visitor = new McapVisitor() {
            @Override
            public void onMessage(McapChannel channel, McapMessage message) {
                if (channel.topic().equals(TOPIC)) {
                    try {
                        states.add(TrueState.parseFrom(message.data()));
                    } catch (InvalidProtocolBufferException e) {
                        invalid.add("message " + message.sequence() + " is no TrueState");
                    }
                }
            }
        };
        try {
            var result = McapReader.readStrictly(file, McapLimits.STANDARD, visitor);
            if (!(result instanceof McapReadResult.Complete)) {
                invalid.add(result.toString());
            }
        } catch (IOException e) {
            throw new RecordingException("TRUTH_INVALID", file + " cannot be read: " + e.getMessage());
        }
        if (!invalid.isEmpty()) {
            throw new RecordingException("TRUTH_INVALID", file + ": " + invalid.get(0));
        }
        return of(states);
    }

    public static TruthTrack of(List<TrueState> states) {
        if (states.isEmpty()) {
            throw new RecordingException("TRUTH_INVALID", "the truth holds no sample");
        }
        var home = states.get(0);
        var trajectory = new Trajectory.Builder("TRUTH");
        var onGround = new BitSet(states.size());
        int i = 0;
        for (var state : states) {
            trajectory.add(
                    state.getFlightTimeNanos(),
                    state.getPositionNorthMeters() - home.getPositionNorthMeters(),
                    state.getPositionEastMeters() - home.getPositionEastMeters(),
                    state.getPositionDownMeters() - home.getPositionDownMeters(),
                    state.getVelocityNorthMetersPerSecond(),
                    state.getVelocityEastMetersPerSecond(),
                    state.getVelocityDownMetersPerSecond(),
                    state.getAttitudeW(),
                    state.getAttitudeX(),
                    state.getAttitudeY(),
                    state.getAttitudeZ());
            onGround.set(i++, state.getOnGround());
        }
        return new TruthTrack(trajectory.build(), onGround);
    }

    public Trajectory trajectory() {
        return trajectory;
    }

    public boolean onGround(int i) {
        return onGround.get(i);
    }
}
