package io.kryla.ground.fleet;

import io.kryla.link.LinkPace;
import io.kryla.session.SealedSender;
import io.kryla.telemetry.FlightLogReceiver;

/**
 * When a ground says what, in ticks of 20 ms, as the path of its session wants it.
 *
 * @param hole holes get this long to close by themselves
 * @param request and their request this long to be answered
 * @param acknowledgement two acknowledgements of what arrived are so far apart, unless many frames come
 * @param keepAlive something is said at least so often: it tells the airframe that its ground is alive, and mends a lost
 *     acknowledgement
 * @param command an unanswered command is sent again after so long
 * @param ranges holes named in one request
 * @param commandBytes of the longest command that the path carries
 */
record AnswerPace(
        int hole, int request, int acknowledgement, int keepAlive, int command, int ranges, int commandBytes) {
    /** What an airframe can log. */
    static final int MAX_COMMAND_BYTES = 960;

    static final AnswerPace NETWORK = of(LinkPace.NETWORK);

    /** On a network: 40 ms, 120 ms, at once, 0.5 s, 200 ms. On a radio of half a second: 0.24 s, 1.5 s, 0.12 s, 1 s, 1.5 s. */
    static AnswerPace of(LinkPace path) {
        int roundTrip = Math.toIntExact(path.roundTrip().dividedBy(AirframeLink.TICK));
        return new AnswerPace(
                Math.max(2, roundTrip / 2),
                3 * roundTrip,
                roundTrip / 4,
                Math.max(25, 2 * roundTrip),
                Math.max(PendingCommands.RETRANSMIT_TICKS, 3 * roundTrip),
                Math.min(FlightLogReceiver.MOST_RANGES, path.requested()),
                Math.min(MAX_COMMAND_BYTES, path.datagramBytes() - SealedSender.MAX_OVERHEAD_BYTES));
    }
}
