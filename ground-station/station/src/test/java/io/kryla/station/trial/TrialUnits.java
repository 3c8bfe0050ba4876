package io.kryla.station.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.ledger.AppendResult;
import io.kryla.factory.ledger.ClaimResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.UnitState;
import io.kryla.keys.Digest;
import io.kryla.v1.LedgerLeaf;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Units for tests that need a ledger with leaves. */
public final class TrialUnits {
    private TrialUnits() {}

    /** From claim to birth; its serial. */
    public static String bear(LineLedger ledger, String name) {
        Digest key = digest("key " + name);
        Digest hardware = digest("hardware " + name);
        ClaimResult claim = ledger.claim(key, hardware, "card-1");
        assertThat(claim).isInstanceOf(ClaimResult.Granted.class);
        String serial = ((ClaimResult.Granted) claim).unit().serial();
        ledger.advance(serial, UnitState.CERTIFIED, "card-1", Map.of());
        ledger.advance(serial, UnitState.INSTALLED, "card-1", Map.of());
        LedgerLeaf leaf = TrialLeaves.born(ledger.license().orElseThrow().content(), serial, key, hardware);
        assertThat(ledger.append(leaf, Map.of())).isInstanceOf(AppendResult.Appended.class);
        return serial;
    }

    private static Digest digest(String word) {
        return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
    }
}
