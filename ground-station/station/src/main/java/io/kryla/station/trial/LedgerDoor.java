package io.kryla.station.trial;

import io.kryla.factory.ledger.AdvanceResult;
import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.LedgerException;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.ledger.Unit;
import io.kryla.factory.ledger.UnitState;
import io.kryla.keys.Digest;
import io.kryla.v1.License;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Answers stations from a ledger, one line a request and one an answer, until the process ends. Only for trials, over loopback: whoever
 * connects is served.
 *
 * <p>Request: kind, key, hardware id and serial, blanks between, "-" for none. Answer: DONE serial index, REFUSED code, or FAILED
 * code. An operation that was done before is done again without effect, as the line's own desks do it.
 */
public final class LedgerDoor {
    private final LineLedger ledger;
    private final License license;

    private LedgerDoor(LineLedger ledger) {
        this.ledger = ledger;
        this.license = ledger.license()
                .orElseThrow(() -> new IllegalArgumentException("ledger: one with a license expected"))
                .content();
    }

    /** Serves each connection on a thread of its own; returns at once. */
    public static void serve(LineLedger ledger, ServerSocket door) {
        LedgerDoor served = new LedgerDoor(ledger);
        daemon("door", () -> {
            while (true) {
                Socket station = door.accept();
                daemon("station", () -> served.converse(station));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the station went away, or the process ends
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void converse(Socket station) throws IOException {
        try (station) {
            station.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(station.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = station.getOutputStream();
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                out.write((answer(request) + "\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }

    private String answer(String request) {
        String[] words = request.split(" ");
        Operation.Kind kind = Operation.Kind.valueOf(words[0]);
        try {
            return kind == Operation.Kind.CLAIM
                    ? claim(digest(words[1]), digest(words[2]))
                    : step(kind, words[3], digest(words[1]), digest(words[2]));
        } catch (LedgerException e) {
            return "FAILED " + e.code();
        }
    }

    private String claim(Digest key, Digest hardware) {
        ClaimResult result = ledger.claim(key, hardware, TrialLeaves.ACTOR);
        return result instanceof ClaimResult.Granted granted
                ? done(granted.unit().serial(), -1)
                : refused((Refused) result);
    }

    private String step(Operation.Kind kind, String serial, Digest key, Digest hardware) {
        switch (kind) {
            case BEAR:
                return append(
                        serial,
                        UnitState.BORN,
                        () -> ledger.append(TrialLeaves.born(license, serial, key, hardware), document(serial)));
            case VOID:
                return append(
                        serial,
                        UnitState.VOIDED,
                        () -> ledger.voidUnit(serial, TrialLeaves.ACTOR, "CLAIM_ABANDONED", List.of()));
            default:
                UnitState to = kind == Operation.Kind.CERTIFY ? UnitState.CERTIFIED : UnitState.INSTALLED;
                AdvanceResult result = ledger.advance(serial, to, TrialLeaves.ACTOR, document(serial));
                return result instanceof Refused refused ? refused(refused) : done(serial, -1);
        }
    }

    private interface Appending {
        AppendResult append();
    }

    /** An operation whose answer was lost may be done already, or just now on the thread of the broken connection. */
    private String append(String serial, UnitState to, Appending appending) {
        OptionalLong before = known(serial, to);
        if (before.isPresent()) {
            return done(serial, before.getAsLong());
        }
        AppendResult result = appending.append();
        if (result instanceof AppendResult.Appended appended) {
            return done(serial, appended.index());
        }
        OptionalLong meanwhile = known(serial, to);
        return meanwhile.isPresent() ? done(serial, meanwhile.getAsLong()) : refused((Refused) result);
    }

    private OptionalLong known(String serial, UnitState state) {
        boolean reached =
                ledger.unit(serial).map(Unit::state).filter(state::equals).isPresent();
        return reached
                ? ledger.leaves(serial).stream().mapToLong(IndexedLeaf::index).max()
                : OptionalLong.empty();
    }

    private static Map<String, byte[]> document(String serial) {
        return Map.of("note", serial.getBytes(StandardCharsets.US_ASCII));
    }

    private static Digest digest(String hex) {
        return Digest.of(HexFormat.of().parseHex(hex));
    }

    private static String done(String serial, long leafIndex) {
        return "DONE " + serial + ' ' + leafIndex;
    }

    private static String refused(Refused refused) {
        return "REFUSED " + refused.code();
    }
}
