package io.kryla.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LoadRunIT {
    @Test
    void losesNothingOfAFewAirframes() throws Exception {
        StringWriter printed = new StringWriter();
        LoadResult result = new LoadRun(new LoadPlan(10, 10, 2, 1, 50), new PrintWriter(new StringWriter())).run();
        assertThat(result.sent()).isEqualTo(10 * 10 * 2);
        assertThat(result.verified()).isEqualTo(result.sent());
        assertThat(result.attested()).isEqualTo(result.sent());
        assertThat(result.nothingLost()).isTrue();
        assertThat(result.maxMillis()).isPositive();
        result.print(new PrintWriter(printed));
        assertThat(printed.toString()).contains("2 s, after 5 s to warm up that do not count", "nothing lost");
    }
}
