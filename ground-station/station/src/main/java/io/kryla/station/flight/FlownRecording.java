package io.kryla.station.flight;

import io.kryla.ground.record.FinishedRecording;
import io.kryla.hil.flight.FlightRun;

/** A flight that is over, and its recording. */
record FlownRecording(FlightRun run, FinishedRecording recording) {}
