package io.kryla.factory.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kryla.keys.Digest;
import io.kryla.tlog.Checkpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoyaltyStatementTest {
    private static final Digest ROOT = Digest.of(new byte[32]);
    private static final Totals TOTALS = new Totals(
            6,
            List.of(new Totals.LicenseTotals(
                    "1.3.6.1.4.1.32473.2.1", "DE-01", 3, 2, 1, 1, Map.of("EUR", 7L, "CHF", 5L))));

    @Test
    void isTheSameTextWhoeverComputesIt() {
        assertThat(RoyaltyStatement.of("DE-01", new Checkpoint("kryla.example/ledger/DE-01", 6, ROOT), TOTALS)
                        .json())
                .isEqualTo("{\"format\":\"kryla-royalty-statement/1\",\"line\":\"DE-01\","
                        + "\"ledger\":\"kryla.example/ledger/DE-01\",\"leaves\":6,\"root\":\"" + "0".repeat(64) + "\","
                        + "\"licenses\":[{\"policy_oid\":\"1.3.6.1.4.1.32473.2.1\",\"quota\":3,\"born\":2,\"accepted\":1,"
                        + "\"handed_over\":1,\"due_minor_units\":{\"CHF\":5,\"EUR\":7}}]}");
    }

    @Test
    void escapesWhatIsNotPlainAscii() {
        assertThat(RoyaltyStatement.of("a\"b\\c\u00e4\n", new Checkpoint("origin", 6, ROOT), TOTALS)
                        .json())
                .contains("\"line\":\"a\\u0022b\\u005cc\\u00e4\\u000a\"");
    }

    @Test
    void isOfExactlyTheCheckpointsLeaves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoyaltyStatement.of("DE-01", new Checkpoint("origin", 5, ROOT), TOTALS));
    }
}
