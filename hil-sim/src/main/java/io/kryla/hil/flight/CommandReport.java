package io.kryla.hil.flight;

import io.kryla.v1.CommandStage;

/** What the airframe says of a command. */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record CommandReport(byte[] commandId, CommandStage stage, String code) {
    boolean refused() {
        return stage == CommandStage.COMMAND_STAGE_REFUSED;
    }
}
