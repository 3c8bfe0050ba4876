package io.kryla.station.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.factory.acceptance.FlightEvidence;
import io.kryla.factory.acceptance.OpenedFlight;
import io.kryla.hil.report.ReportSubject;
import java.util.List;

/** What a report says of unit, flight and rig, beside what the verdict knows: plan, seed and build. */
record ReportFacts(AirframeAgent agent, OpenedFlight opened, FlightOrder order, FlightEvidence.FlightLogHead head) {

    ReportSubject subject() {
        return new ReportSubject(
                agent.serial(),
                "DESIGN",
                List.of(
                        new ReportSubject.Fact("Attempt", Integer.toString(opened.attempt())),
                        new ReportSubject.Fact("Boot", Long.toString(agent.boot())),
                        new ReportSubject.Fact(
                                "Firmware SHA-256", agent.firmwareSha256().hex()),
                        new ReportSubject.Fact(
                                "Vehicle SHA-256", order.vehicle().sha256().hex()),
                        new ReportSubject.Fact("Ledger nonce", opened.nonce().hex()),
                        new ReportSubject.Fact("Flight log", head.origin()),
                        new ReportSubject.Fact("Flight log size", Long.toString(head.size())),
                        new ReportSubject.Fact("Flight log root", head.root().hex())));
    }
}
