package io.kryla.hil.flight;

import io.kryla.airframe.AirframeAgent;
import io.kryla.airframe.ClosedLog;
import io.kryla.airframe.ReceivedCommand;
import io.kryla.v1.CommandStage;
import io.kryla.v1.LogCloseReason;
import io.kryla.v1.Sample;
import java.time.Duration;
import java.util.Optional;

/** What the flight loop needs of the agent; each method is the agent's own of that name. */
interface AirframePort {
    void publish(Sample sample);

    void advanceTo(long flightTimeNanos);

    boolean awaitRoom(Duration wall);

    Optional<ReceivedCommand> pollCommand();

    Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall);

    void report(byte[] commandId, CommandStage stage, String code);

    void reportProgress(byte[] commandId, float ratio);

    ClosedLog closeLog(LogCloseReason reason, Duration wall);

    /** The port to the agent that a real airframe embeds. */
    static AirframePort of(AirframeAgent agent) {
        return new AirframePort() {
            @Override
            public void publish(Sample sample) {
                agent.publish(sample);
            }

            @Override
            public void advanceTo(long flightTimeNanos) {
                agent.advanceTo(flightTimeNanos);
            }

            @Override
            public boolean awaitRoom(Duration wall) {
                return agent.awaitRoom(wall);
            }

            @Override
            public Optional<ReceivedCommand> pollCommand() {
                return agent.pollCommand();
            }

            @Override
            public Optional<ReceivedCommand> awaitCommand(byte[] commandId, Duration wall) {
                return agent.awaitCommand(commandId, wall);
            }

            @Override
            public void report(byte[] commandId, CommandStage stage, String code) {
                agent.report(commandId, stage, code);
            }

            @Override
            public void reportProgress(byte[] commandId, float ratio) {
                agent.reportProgress(commandId, ratio);
            }

            @Override
            public ClosedLog closeLog(LogCloseReason reason, Duration wall) {
                return agent.closeLog(reason, wall);
            }
        };
    }
}
