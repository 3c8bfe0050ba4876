package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.AttestedRecord;

/** Where attested telemetry comes from: an airframe's live link, all airframes of a station, or a replayed recording. */
public interface TelemetrySource {
    /** Samples of a kind, each once it is under a signed checkpoint; of a flight log in the order of its leaves. */
    <T extends Message> TelemetryStream<AttestedSample<T>> attested(SampleKind<T> kind);

    /** Whole records with their exact bytes, for those who keep or forward what can be proven. */
    TelemetryStream<AttestedRecord> attestedRecords();
}
