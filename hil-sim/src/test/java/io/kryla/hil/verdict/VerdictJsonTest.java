package io.kryla.hil.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VerdictJsonTest {
    private static final String CRITERION =
            "metric: action-duration, action: take-off, stream: telemetry, at-most: 30 s";

    @Test
    void isExactlyThis() {
        var plan = SyntheticFlight.plan(CRITERION);

        assertThat(text(new SyntheticFlight().judge(plan)))
                .isEqualTo("""
                {
                  "format": "kryla-verdict/1",
                  "plan": "Synthetic",
                  "plan-sha256": "%s",
                  "seed": "7",
                  "build": "test build",
                  "outcome": "PASS",
                  "course": {
                    "outcome": "PASS",
                    "actions": 4,
                    "completed": 4,
                    "ended-disarmed": true,
                    "remark": ""
                  },
                  "criteria": [
                    {
                      "name": "criterion 0",
                      "outcome": "PASS",
                      "metric": "action-duration",
                      "stream": "telemetry",
                      "unit": "s",
                      "at-most": 30.000000,
                      "value": 4.000000,
                      "margin": 26.000000,
                      "decided-at-nanos": 6000000000,
                      "from-nanos": 2000000000,
                      "to-nanos": 6000000000,
                      "source": "test",
                      "assumes": ""
                    }
                  ]
                }
                """.replace("%s", plan.sha256().hex()));
    }

    @Test
    void isJsonForEveryKindOfResult() throws IOException {
        var flight = new SyntheticFlight();
        flight.landingCompleted = false;
        flight.truthRecorded = t -> t != 9_000_000_000L;
        var plan = SyntheticFlight.plan(
                CRITERION,
                "metric: disarmed-within, action: land, stream: telemetry, at-most: 9 s",
                "metric: tilt-peak, stream: truth, at-most: 9 deg");

        var json = new ObjectMapper().readTree(VerdictJson.encode(flight.judge(plan)));

        assertThat(json.path("criteria")).hasSize(3);
        assertThat(json.path("criteria").path(1).path("reason").asText()).contains("never came to: land completed");
        assertThat(json.path("criteria").path(2).path("outcome").asText()).isEqualTo("ERROR");
    }

    @Test
    void aRigErrorHasNoCriteria() throws IOException {
        var verdict = Verdict.rigError(SyntheticFlight.plan(CRITERION), -1, "b\"uild\n", "RIG_COMMAND_LOST");

        var json = new ObjectMapper().readTree(VerdictJson.encode(verdict));

        assertThat(json.path("outcome").asText()).isEqualTo("ERROR");
        assertThat(json.path("rig-error").asText()).isEqualTo("RIG_COMMAND_LOST");
        assertThat(json.path("seed").asText()).isEqualTo("18446744073709551615");
        assertThat(json.path("build").asText()).isEqualTo("b\"uild\n");
        assertThat(json.path("criteria")).isEmpty();
    }

    @Test
    void numbersHaveSixDecimalsHalfToEven() {
        assertThat(VerdictJson.number(0.1)).isEqualTo("0.100000");
        assertThat(VerdictJson.number(0.0078125)).isEqualTo("0.007812");
        assertThat(VerdictJson.number(-1.23456789)).isEqualTo("-1.234568");
        assertThat(VerdictJson.number(1e15)).isEqualTo("1000000000000000.000000");
    }

    private static String text(Verdict verdict) {
        return new String(VerdictJson.encode(verdict), StandardCharsets.UTF_8);
    }
}
