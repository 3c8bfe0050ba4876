package io.kryla.ground.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.telemetry.AttestedRecord;
import io.kryla.v1.Command;
import io.kryla.v1.CommandEvent;
import io.kryla.v1.FlightEvent;
import io.kryla.v1.LogOpened;
import io.kryla.v1.Sample;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** events.csv: one row for each sample that is not a vehicle state (docs/recording.md). */
final class EventTable {
    static final String HEADER = "leaf_index,flight_time_seconds,kind,name,command_id,action,arguments,progress_ratio"
            + ",code,detail,ground_certificate_sha256\r\n";

    private final CsvLine line = new CsvLine();

    CharSequence row(AttestedRecord record, Sample sample) {
        line.clear();
        line.number(record.leafIndex()).seconds(sample.getFlightTimeNanos());
        switch (sample.getBodyCase()) {
            case FLIGHT_EVENT -> flightEvent(sample.getFlightEvent());
            case COMMAND_EVENT -> commandEvent(sample.getCommandEvent());
            case RECEIVER_JOINED ->
                row(
                        "RECEIVER_JOINED",
                        "",
                        hex(sample.getReceiverJoined().getNonce()),
                        sample.getReceiverJoined().getGroundCertificateSha256());
            case LOG_OPENED -> row("LOG_OPENED", "", opened(sample.getLogOpened()), ByteString.EMPTY);
            case LOG_CLOSED ->
                row(
                        "LOG_CLOSED",
                        name(
                                sample.getLogClosed().getReasonValue(),
                                sample.getLogClosed().getReason(),
                                "LOG_CLOSE_REASON_"),
                        "",
                        ByteString.EMPTY);
            default -> row("UNKNOWN", "", "", ByteString.EMPTY);
        }
        return line.end();
    }

    private void row(String kind, String name, String detail, ByteString certificate) {
        line.text(kind)
                .text(name)
                .blank()
                .blank()
                .blank()
                .blank()
                .blank()
                .text(detail)
                .text(hex(certificate));
    }

    private void flightEvent(FlightEvent event) {
        row(
                "FLIGHT_EVENT",
                name(event.getKindValue(), event.getKind(), "FLIGHT_EVENT_KIND_"),
                event.getDetail(),
                ByteString.EMPTY);
    }

    private void commandEvent(CommandEvent event) {
        Optional<Command> command = command(event.getCommand());
        line.text("COMMAND_EVENT")
                .text(name(event.getStageValue(), event.getStage(), "COMMAND_STAGE_"))
                .text(hex(event.getCommandId()))
                .text(command.map(it -> it.getActionCase().name()).orElse(""))
                .text(command.map(MessageText::ofAction).orElse(""))
                .number(event.getProgressRatio())
                .text(event.getCode())
                .text(MessageText.of(event.getParametersList()))
                .text(hex(event.getGroundCertificateSha256()));
    }

    private static Optional<Command> command(ByteString bytes) {
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(Command.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static String opened(LogOpened opened) {
        return "boot " + opened.getBoot() + ", firmware " + hex(opened.getFirmwareSha256());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** The value's name without the prefix that protobuf wants; its number when this version has no name for it. */
    static String name(int number, Enum<?> value, String prefix) {
        String name = value.name();
        return name.equals("UNRECOGNIZED")
                ? Integer.toString(number)
                : name.startsWith(prefix) ? name.substring(prefix.length()) : name.toUpperCase(Locale.ROOT);
    }
}
