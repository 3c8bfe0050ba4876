package io.kryla.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LoadRunIT {
    @Test
    void losesNothingOfAFewAirframes() throws Exception {
        LoadResult result = new LoadRun(new LoadPlan(10, 10, 2, 1, 50), new PrintWriter(new StringWriter())).run();
        assertThat(result.sent()).isEqualTo(10 * 10 * 2);
        assertThat(result.verified()).isEqualTo(result.sent());
        assertThat(result.attested()).isEqualTo(result.sent());
        assertThat(result.nothingLost()).isTrue();
        assertThat(result.maxMillis()).isPositive();
    }
}
