package io.kryla.factory.replay;

import io.kryla.keys.Digest;
import io.kryla.v1.Born;
import io.kryla.v1.FlightClosed;
import io.kryla.v1.FlightOpened;
import io.kryla.v1.License;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the leaves say about one unit. Read-only outside this package. */
public final class UnitHistory {
    final String serial;
    final long bornIndex;
    final Born born;
    final License license;
    final Map<Long, FlightOpened> attempts = new HashMap<>();
    final TreeMap<Long, FlightClosed> closings = new TreeMap<>();
    final Map<Long, Long> closingOfAttempt = new HashMap<>();
    final List<Digest> voucher = new ArrayList<>();
    OptionalLong openFlight = OptionalLong.empty();
    OptionalLong acceptedIndex = OptionalLong.empty();
    Optional<String> holderId = Optional.empty();
    final List<Long> transferIndices = new ArrayList<>();
    boolean scrapped;
    int reworks;

    UnitHistory(String serial, long bornIndex, Born born, License license) {
        this.serial = serial;
        this.bornIndex = bornIndex;
        this.born = born;
        this.license = license;
    }

    public String serial() {
        return serial;
    }

    public long bornIndex() {
        return bornIndex;
    }

    public Born born() {
        return born;
    }

    /** Attempts opened so far. */
    public int attempts() {
        return attempts.size();
    }

    /** Index of the FLIGHT_OPENED that waits for its FLIGHT_CLOSED. */
    public OptionalLong openFlight() {
        return openFlight;
    }

    /** FLIGHT_CLOSED leaves by their index. */
    public Map<Long, FlightClosed> closings() {
        return Collections.unmodifiableMap(closings);
    }

    /** The newest FLIGHT_CLOSED that holds a verdict, with its index. */
    public Optional<Map.Entry<Long, FlightClosed>> lastJudged() {
        return closings.descendingMap().entrySet().stream()
                .filter(closing -> !closing.getValue().getVerdictSha256().isEmpty())
                .findFirst();
    }

    public OptionalLong acceptedIndex() {
        return acceptedIndex;
    }

    public List<Long> transferIndices() {
        return Collections.unmodifiableList(transferIndices);
    }

    /** Destroyed; nothing follows. */
    public boolean scrapped() {
        return scrapped;
    }

    /** How often it was repaired after its birth. */
    public int reworks() {
        return reworks;
    }

    /** Where the unit went last. */
    public Optional<String> holderId() {
        return holderId;
    }

    /** The closing at that index, if none came after it. */
    Optional<FlightClosed> lastClosing(long index) {
        return closings.isEmpty() || closings.lastKey() != index
                ? Optional.empty()
                : Optional.of(closings.lastEntry().getValue());
    }
}
