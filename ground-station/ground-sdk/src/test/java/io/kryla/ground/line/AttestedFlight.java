package io.kryla.ground.line;

import com.google.protobuf.ByteString;
import io.kryla.ground.fleet.AirframeLink;
import io.kryla.ground.fleet.FlightFollower;
import io.kryla.ground.fleet.GroundStation;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.FlightCheckpoint;
import io.kryla.v1.Sample;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Everything of the flights that begin at a station which became ATTESTED, in order. */
public final class AttestedFlight {
    private final List<AttestedRecord> records = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private AttestedFlight() {}

    public static AttestedFlight of(GroundStation station) {
        AttestedFlight flight = new AttestedFlight();
        station.onAirframe(flight::follow);
        return flight;
    }

    private void follow(AirframeLink link) {
        link.follow(new FlightFollower() {
            @Override
            public void onAttested(List<AttestedRecord> attested, FlightCheckpoint checkpoint) {
                records.addAll(attested);
            }

            @Override
            public void onClosed(FlightCheckpoint head) {
                closed = true;
            }

            @Override
            public void onAbandoned(String code) {}
        });
    }

    public long size() {
        return records.size();
    }

    public boolean closed() {
        return closed;
    }

    public List<AttestedRecord> records() {
        return records;
    }

    public List<ByteString> recordBytes() {
        return records.stream()
                .map(record -> ByteString.copyFrom(record.recordBytes()))
                .collect(Collectors.toList());
    }

    public List<Sample> samples() {
        return records.stream()
                .flatMap(record -> record.record().getSamplesList().stream())
                .collect(Collectors.toList());
    }
}
