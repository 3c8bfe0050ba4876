package io.kryla.ground.metrics;

/** Everything that a ground station counts; docs/metrics.md is the same list. Names, units and labels are stable. */
public enum GroundMetric {
    DATAGRAMS_OPENED(Kind.COUNTER, "kryla.datagrams.opened", "datagrams", "", "Sealed by an airframe, and opened"),
    DATAGRAMS_REJECTED(
            Kind.COUNTER,
            "kryla.datagrams.rejected",
            "datagrams",
            "reason",
            "Not opened, strays among them: protocol.md §5.3 has the reasons"),
    DATAGRAMS_STRAY(Kind.COUNTER, "kryla.datagrams.stray", "datagrams", "", "Named no session of this ground"),
    FRAMES_DROPPED(
            Kind.COUNTER,
            "kryla.frames.dropped",
            "frames",
            "",
            "Opened, and dropped since the ground did not keep up; the airframe sends them again"),
    FRAMES_WAITING(
            Kind.GAUGE, "kryla.frames.waiting", "frames", "", "The most that wait to be verified for one airframe"),
    RECORDS_AUTHENTIC(Kind.COUNTER, "kryla.records.authentic", "records", "", "Became AUTHENTIC"),
    RECORDS_ATTESTED(Kind.COUNTER, "kryla.records.attested", "records", "", "Became ATTESTED"),
    RECORDS_REJECTED(
            Kind.COUNTER,
            "kryla.records.rejected",
            "records",
            "reason",
            "Records, checkpoints and hashes that were not taken: protocol.md §6.8 has the reasons"),
    SAMPLES_AUTHENTIC(Kind.COUNTER, "kryla.samples.authentic", "samples", "", "In records that became AUTHENTIC"),
    SAMPLES_ATTESTED(Kind.COUNTER, "kryla.samples.attested", "samples", "", "In records that became ATTESTED"),
    ATTESTATION_DELAY(
            Kind.LATENCY,
            "kryla.attestation.delay",
            "seconds",
            "",
            "Age of the oldest record that a checkpoint attests, on the airframe's flight clock as it is known here"),
    REQUESTS_SENT(Kind.COUNTER, "kryla.requests.sent", "requests", "", "For records that are missing"),
    LEAVES_REQUESTED(
            Kind.COUNTER,
            "kryla.leaves.requested",
            "leaves",
            "",
            "Asked for by these requests; each as often as it was"),
    SESSIONS_ESTABLISHED(Kind.COUNTER, "kryla.sessions.established", "sessions", "", "Came up"),
    SESSIONS_OPEN(Kind.GAUGE, "kryla.sessions.open", "sessions", "", "Are up"),
    SETUPS_REFUSED(
            Kind.COUNTER,
            "kryla.setups.refused",
            "setups",
            "code",
            "Ended by either side after the handshake: protocol.md §4 has the codes"),
    CONNECTIONS_REJECTED(
            Kind.COUNTER,
            "kryla.connections.rejected",
            "connections",
            "reason",
            "Ended before or outside set-up, failed handshakes among them"),
    CONNECTIONS_OPEN(
            Kind.GAUGE, "kryla.connections.open", "connections", "", "Are open, those in their handshake among them"),
    CONNECTIONS_UNJUDGED(
            Kind.GAUGE,
            "kryla.connections.unjudged",
            "connections",
            "",
            "Are in their handshake, or wait for their judgement"),
    AIRFRAMES_KNOWN(Kind.GAUGE, "kryla.airframes.known", "airframes", "", "Were here since the station started"),
    COMMANDS_SENT(
            Kind.COUNTER, "kryla.commands.sent", "commands", "", "Distinct ones, however often they were repeated"),
    COMMANDS_ANSWERED(
            Kind.COUNTER, "kryla.commands.answered", "commands", "answer", "ACCEPTED, REFUSED, or NO_ANSWER in time"),
    SUBSCRIBERS_OPEN(Kind.GAUGE, "kryla.subscribers.open", "subscribers", "", "Are subscribed"),
    SUBSCRIBERS_LAG(Kind.GAUGE, "kryla.subscribers.lag", "samples", "", "That wait for the subscriber with the most"),
    SUBSCRIBERS_OVERFLOWED(
            Kind.COUNTER,
            "kryla.subscribers.overflowed",
            "samples",
            "policy",
            "Lost by slow subscribers under LATEST and BUFFER; subscriptions that ended under FAIL"),
    RECORDINGS_STARTED(Kind.COUNTER, "kryla.recordings.started", "recordings", "", "Begun"),
    RECORDINGS_COMPLETED(Kind.COUNTER, "kryla.recordings.completed", "recordings", "", "Whole and durable"),
    RECORDINGS_FAILED(
            Kind.COUNTER,
            "kryla.recordings.failed",
            "recordings",
            "code",
            "Ended before that; recording.md has the codes"),
    RECORDER_RECORDS(Kind.COUNTER, "kryla.recorder.records", "records", "", "Written to recordings"),
    RECORDER_BYTES(Kind.COUNTER, "kryla.recorder.bytes", "bytes", "", "Of these records, before compression"),
    BEACONS_SENT(Kind.COUNTER, "kryla.beacons.sent", "beacons", "", "Handed to the network"),
    BEACONS_FAILED(Kind.COUNTER, "kryla.beacons.failed", "beacons", "", "Not taken by the network");

    /** How a metric behaves. */
    public enum Kind {
        COUNTER,
        GAUGE,
        LATENCY
    }

    private final Kind kind;
    private final String name;
    private final String unit;
    private final String label;
    private final String meaning;

    GroundMetric(Kind kind, String name, String unit, String label, String meaning) {
        this.kind = kind;
        this.name = name;
        this.unit = unit;
        this.label = label;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    /** Lower case, parts separated by dots. */
    public String metricName() {
        return name;
    }

    /** Plural, lower case; {@code seconds} of a latency, though it is measured in nanoseconds. */
    public String unit() {
        return unit;
    }

    /** The name of its one label; empty when it has none. */
    public String label() {
        return label;
    }

    public String meaning() {
        return meaning;
    }
}
