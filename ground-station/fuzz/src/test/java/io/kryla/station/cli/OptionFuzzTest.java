package io.kryla.station.cli;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.factory.manifest.FolderFiles;
import io.kryla.fuzz.Executions;
import io.kryla.ground.record.ReplaySpeed;
import io.kryla.station.outcome.CommandFailure;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of the command line: addresses, speeds, names of files. */
class OptionFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of("127.0.0.1:14700", "[::1]:14700", "ground.example:1", "10x", "max", "airframes/A")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void values(byte[] input) {
        Executions.count();
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            InetSocketAddress named = HostAndPort.named(text);
            require(named.getPort() > 0 && !named.getHostString().isEmpty(), "a host and a port that can be told");
        } catch (CommandFailure e) {
            require(e.code().equals("ADDRESS_MALFORMED"), "the one code");
        }
        ReplaySpeed.parse(text);
        FolderFiles.isPlain(text);
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
