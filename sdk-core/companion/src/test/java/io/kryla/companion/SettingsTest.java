package io.kryla.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void areReadFromWhereTheirFileLies() throws IOException {
        Settings settings = Settings.read(RehearsedBoard.write(folder, "127.0.0.1:14700, [::1]:14701"));
        assertThat(settings.storage()).isEqualTo(folder.resolve("storage"));
        assertThat(settings.secret()).isEqualTo(folder.resolve("secret"));
        assertThat(settings.grounds())
                .containsExactly(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 14700),
                        new InetSocketAddress(InetAddress.getByName("::1"), 14701));
        assertThat(settings.beacons()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:99999",
                ":1",
                "a b:1",
                "127.0.0.1:1/x",
                "u@127.0.0.1:1",
                "no-such-host.invalid:1"
            })
    void refuseWhatIsNoAddress(String address) {
        assertRefused("SETTINGS_WRONG", address);
    }

    @Test
    void refuseNoGrounds() {
        assertRefused("SETTINGS_MISSING", "");
    }

    @Test
    void refuseANameThatNobodyKnows() {
        assertRefused("SETTINGS_UNKNOWN", "127.0.0.1:1\nground=127.0.0.1:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage", "secure-element", "secret", "firmware"})
    void refuseAPathWithNothingThere(String name) throws IOException {
        Path file = RehearsedBoard.write(folder, "127.0.0.1:1");
        Files.writeString(file, Files.readString(file) + name + "=elsewhere\n");
        assertRefused("SETTINGS_WRONG", file);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void refuseAFileThatIsNotThere() {
        assertRefused("SETTINGS_WRONG", folder.resolve("none"));
    }

    private void assertRefused(String code, String grounds) {
        try {
            assertRefused(code, RehearsedBoard.write(folder, grounds));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRefused(String code, Path file) {
        assertThatThrownBy(() -> Settings.read(file))
                .isInstanceOfSatisfying(
                        KrylaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
