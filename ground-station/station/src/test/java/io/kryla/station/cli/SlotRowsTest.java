package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.station.prompts.Language;
import io.kryla.station.prompts.Prompts;
import io.kryla.station.workbench.Workbench;
import io.kryla.v1.BenchTask;
import io.kryla.v1.HoldAirframe;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import io.kryla.v1.UnitNews;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotRowsTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final SlotRows rows = new SlotRows(2, Prompts.in(Language.EN), () -> now);

    @Test
    void aSlotSaysHowLongItTakesOnceAUnitWasBorn() {
        rows.onPluggedIn(1);
        now += 7 * SECOND;
        assertThat(rows.lines(false).get(0)).isEqualTo("[1] a unit is plugged in  7 s");
        rows.onBorn(new Workbench.BornUnit(1, "ZZZZ1", 20 * SECOND));
        assertThat(rows.lines(false).get(0)).isEqualTo("[1] ZZZZ1 born after 20 s");

        rows.onPluggedIn(2);
        now += 5 * SECOND;
        assertThat(rows.lines(false).get(1)).isEqualTo("[2] a unit is plugged in  5 s, about 15 s left");
        now += 60 * SECOND;
        assertThat(rows.lines(false).get(1)).endsWith("65 s, about 0 s left");
    }

    @Test
    void aPromptIsInTheOperatorsLanguage() {
        SlotRows german = new SlotRows(1, Prompts.in(Language.DE), () -> now);
        german.onTask(
                1,
                BenchTask.newBuilder()
                        .setSerial("ZZZZ1")
                        .setHold(HoldAirframe.newBuilder().setPose("nose-up"))
                        .build());
        assertThat(german.lines(false)).singleElement().asString().contains("Nase senkrecht nach oben");
    }

    @Test
    void whatFailedIsShownOnDemandWithValueAndLimits() {
        rows.onPluggedIn(1);
        rows.onNews(
                1,
                UnitNews.newBuilder()
                        .addMeasurements(measured("battery.voltage", MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL))
                        .addMeasurements(measured("gyro.bias", MeasurementOutcome.MEASUREMENT_OUTCOME_PASS))
                        .build());
        rows.onRefused(1, new ProvisioningOutcome.Refused("SELF_TEST_FAILED", "battery.voltage", false));
        assertThat(rows.lines(false)).hasSize(3).last().asString().contains("m");
        List<String> lines = rows.lines(true);
        assertThat(lines.get(0)).isEqualTo("[1] SELF_TEST_FAILED: battery.voltage");
        assertThat(lines).last().isEqualTo("[1] battery.voltage = 13.0 V, allowed 14.0 to 17.0 (attempt 2)");
    }

    @Test
    void theNextUnitBeginsWithoutTheFailuresOfTheLast() {
        rows.onNews(
                1,
                UnitNews.newBuilder()
                        .addMeasurements(measured("battery.voltage", MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL))
                        .build());
        rows.onPluggedIn(1);
        assertThat(rows.lines(true)).hasSize(2);
    }

    private static Measurement measured(String name, MeasurementOutcome outcome) {
        return Measurement.newBuilder()
                .setName(name)
                .setValue(13)
                .setUnit("V")
                .setLowerLimit(14)
                .setUpperLimit(17)
                .setAttempt(2)
                .setOutcome(outcome)
                .build();
    }
}
