package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.station.prompts.Language;
import io.kryla.station.prompts.Prompts;
import io.kryla.v1.BenchTask;
import io.kryla.v1.HoldAirframe;
import io.kryla.v1.PutLabel;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AskedPersonTest {
    private static final BenchTask NOSE_UP = BenchTask.newBuilder()
            .setHold(HoldAirframe.newBuilder().setPose("nose-up"))
            .build();

    private final StringWriter out = new StringWriter();

    @Test
    void enterSaysItIsDone() {
        assertThat(typing("\n").doIt(2, NOSE_UP)).isTrue();
        assertThat(out.toString()).startsWith("[2] Тримайте апарат носом прямо вгору");
    }

    @Test
    void anythingElseAndTheEndOfInputSayItCannotBeDone() {
        assertThat(typing("s\n").doIt(1, NOSE_UP)).isFalse();
        assertThat(typing("").doIt(1, NOSE_UP)).isFalse();
    }

    @Test
    void aLabelIsAskedForBySerial() {
        BenchTask label = BenchTask.newBuilder()
                .setSerial("ZZZZ8DE010001")
                .setLabel(PutLabel.newBuilder().setText("text"))
                .build();
        assertThat(typing("\n").doIt(1, label)).isTrue();
        assertThat(out.toString()).contains("ZZZZ8DE010001");
    }

    private AskedPerson typing(String text) {
        return new AskedPerson(
                new BufferedReader(new StringReader(text)), new PrintWriter(out), Prompts.in(Language.UK));
    }
}
