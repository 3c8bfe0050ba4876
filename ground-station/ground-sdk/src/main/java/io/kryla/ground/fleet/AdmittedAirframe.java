package io.kryla.ground.fleet;

import io.kryla.keys.VerificationKey;
import io.kryla.telemetry.FlightOrigin;
import io.kryla.v1.FlightEvidence;

/** An airframe whose identity, birth and log key were proven in this session's set-up. */
record AdmittedAirframe(String serial, FlightOrigin origin, VerificationKey logKey, FlightEvidence evidence) {}
