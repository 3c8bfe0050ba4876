package io.kryla.ground.stream;

import com.google.protobuf.Message;
import io.kryla.telemetry.AuthenticRecord;

/** Telemetry as it arrives: what a recording cannot offer is that somebody is sending it now. */
public interface LiveTelemetry extends TelemetrySource {
    /** Samples of a kind at once, in the order of arrival. */
    <T extends Message> TelemetryStream<AuthenticSample<T>> authentic(SampleKind<T> kind);

    /** Whole records at once, in the order of arrival. */
    TelemetryStream<AuthenticRecord> authenticRecords();
}
