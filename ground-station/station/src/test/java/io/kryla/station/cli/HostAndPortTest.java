package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.station.outcome.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAndPortTest {
    @Test
    void readsNamesAndAddresses() {
        assertThat(HostAndPort.parse("127.0.0.1:14700").getPort()).isEqualTo(14_700);
        assertThat(HostAndPort.parse("[::1]:65535").getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(HostAndPort.named("ground-1.example:1").getHostString()).isEqualTo("ground-1.example");
        assertThat(HostAndPort.named("[fe80::1%eth0]:1").getHostString()).isEqualTo("fe80::1%eth0");
    }

    @Test
    void whoListensMayLeaveThePortToTheSystem() {
        assertThat(HostAndPort.toListenAt("127.0.0.1:0").getPort()).isZero();
        assertThat(HostAndPort.toListenAt("[::1]:0").getPort()).isZero();
        assertThat(HostAndPort.toListenAt("127.0.0.1:10").getPort()).isEqualTo(10);
        for (String text : List.of(":0", "[]:0", "a b:0", "a:", "a:65536")) {
            assertThatThrownBy(() -> HostAndPort.toListenAt(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("ADDRESS_MALFORMED"));
        }
    }

    /** Of "[]" the platform makes this machine's own address. */
    @Test
    void refusesWhatNamesNoHostOrNoPort() {
        for (String text : List.of(
                "",
                ":1",
                "[]:1",
                "[]",
                "a",
                "a:",
                "a:0",
                "a:65536",
                "a:+1",
                "::1:1",
                "a b:1",
                "a\u0000:1",
                "[a:1",
                "-a:1",
                "ä:1")) {
            assertThatThrownBy(() -> HostAndPort.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("ADDRESS_MALFORMED"));
        }
    }
}
