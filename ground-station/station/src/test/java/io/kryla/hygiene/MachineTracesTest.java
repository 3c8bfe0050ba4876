package io.kryla.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are put together from pieces, so that this file passes its own check: {@code ~} is dropped. */
class MachineTracesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "see /ho~me/anna/kryla",
                "\"/ro~ot/.m2/repository\"",
                "file = /tm~p/out.log",
                "/Us~ers/anna/kryla",
                "C:~\\Users\\anna",
                "https:~//repo.somewhere.net/maven2",
                "\"reso~lved\": \"x\"",
                "HTTPS_PRO~XY=x",
                "-Dhttp.proxy~Host=cache",
                "<mirr~orOf>*</mirrorOf>",
                "regis~try=x",
                "bind to 10.1~.2.3",
                "build-7.inter~nal answered",
            })
    void findsTracesOfAMachine(String sample) {
        assertThat(MachineTraces.in(sample.replace("~", ""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/bin/sh",
                "127.0.0.1:9000 and 192.0.2.7 and 0.0.0.0",
                "<sqlite.version>3.53.4.0</sqlite.version>",
                "RFC 9162 §2.1.3.2, section 2.1.4.2",
                "\"2.5.29.17\" is subjectAltName",
                "policy 1.3.6.1.4.1.32473.1",
                "xmlns=\"http://www.w3.org/2000/svg\"",
                "target/classes and docs/tmp/x and ${base}/data/x",
                "airframes/<serial>/birth.dsse",
                "package io.kryla.internal.notes and RefusalCodes.INTERNAL are no hosts",
            })
    void leavesTheRestAlone(String sample) {
        assertThat(MachineTraces.in(sample)).isEmpty();
    }
}
