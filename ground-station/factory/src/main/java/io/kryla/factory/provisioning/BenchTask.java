package io.kryla.factory.provisioning;

import io.kryla.factory.calibration.CalibratedSensor;
import io.kryla.factory.calibration.Pose;
import io.kryla.v1.Envelope;

/** What somebody or something at the bench has to do for one airframe. */
public sealed interface BenchTask {
    String serial();

    /** As statements and the journal name it. */
    String step();

    /** Flash the released image and read it back. */
    record Flash(String serial, Envelope manifest) implements BenchTask {
        @Override
        public String step() {
            return "flash";
        }
    }

    /** Hold the airframe so, until the next task. */
    record Hold(String serial, CalibratedSensor sensor, Pose pose) implements BenchTask {
        @Override
        public String step() {
            return "calibrate." + sensor.word() + "." + pose.word();
        }
    }

    /** Print the airframe's label, put it on, and scan it back. */
    record Label(String serial, String text) implements BenchTask {
        @Override
        public String step() {
            return "label";
        }
    }
}
