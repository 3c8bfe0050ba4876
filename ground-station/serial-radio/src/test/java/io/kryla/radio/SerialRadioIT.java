package io.kryla.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kryla.keys.KrylaException;
import io.kryla.link.ByteStream;
import io.kryla.link.DatagramLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real serial ports, so far as the kernel goes, opened by the real driver library. */
@Timeout(60)
class SerialRadioIT {
    private static final Duration WALL = Duration.ofSeconds(20);
    private static final RadioSettings SETTINGS = RadioSettings.ofBaud(57_600);

    @TempDir
    Path folder;

    private Pty here;
    private Pty there;
    private LossyPump up;
    private LossyPump down;

    @BeforeEach
    void connectTwoPorts() throws Exception {
        here = new Pty(folder.resolve("airframe"));
        there = new Pty(folder.resolve("ground"));
        pump(0.1);
    }

    private void pump(double loss) {
        down = new LossyPump(here, there, loss, new Random(1));
        up = new LossyPump(there, here, loss, new Random(2));
    }

    @AfterEach
    void pullBothOut() throws Exception {
        here.close();
        there.close();
        up.close();
        down.close();
    }

    @Test
    void aStreamAndDatagramsShareALineThatLosesATenth() throws Exception {
        byte[] bytes = new byte[8_000];
        new Random(3).nextBytes(bytes);
        try (SerialRadio airframe = airframe();
                SerialRadio ground = ground();
                DatagramLink sender = airframe.datagrams();
                DatagramLink receiver = ground.datagrams()) {
            CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> readAll(ground, bytes.length));
            ByteStream stream = airframe.open();
            stream.write(bytes);
            byte[] buffer = new byte[300];
            int datagrams = 0;
            for (int i = 0; i < 40; i++) {
                sender.send(new byte[100]);
                datagrams += receiver.receive(buffer, Duration.ofMillis(50)) == 100 ? 1 : 0;
            }
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(bytes);
            assertThat(datagrams).isGreaterThan(10);
            stream.close();
        }
        assertThat(down.lostFrames()).isPositive();
    }

    private static byte[] readAll(SerialRadio ground, int length) {
        byte[] all = new byte[length];
        byte[] buffer = new byte[1_000];
        try (ByteStream stream = ground.accept()) {
            int read = 0;
            while (read < length) {
                int count = stream.read(buffer);
                System.arraycopy(buffer, 0, all, read, count);
                read += count;
            }
            return all;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDeviceThatWasPulledOutIsOpenedAgain() throws Exception {
        try (SerialRadio airframe = airframe();
                SerialRadio ground = ground()) {
            ByteStream stream = airframe.open();
            stream.write(new byte[] {1});
            ByteStream accepted = ground.accept();
            assertThat(accepted.read(new byte[1])).isEqualTo(1);

            here.close();
            await().atMost(WALL).until(stream::hasInput);
            assertThatThrownBy(() -> stream.read(new byte[1]))
                    .isInstanceOf(RadioStreamException.class)
                    .hasMessageContaining("LINE_CLOSED");
            assertThatThrownBy(airframe::open).hasMessageContaining("LINE_CLOSED");

            here = new Pty(folder.resolve("airframe"));
            pump(0);
            ByteStream again = await().atMost(WALL).ignoreExceptions().until(airframe::open, opened -> true);
            again.write(new byte[] {2});
            assertThat(ground.accept().read(new byte[1])).isEqualTo(1);
        }
    }

    @Test
    void aPortThatIsNotThereIsMissing() {
        assertCode("PORT_MISSING", folder.resolve("nothing").toString());
    }

    @Test
    void aPortThatIsOpenIsBusy() {
        try (SerialRadio airframe = airframe()) {
            assertCode("PORT_BUSY", airframe.name());
        }
    }

    @Test
    void aFileIsNoPort() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> open(file.toString())).isInstanceOf(KrylaException.class);
    }

    private static void assertCode(String code, String port) {
        assertThatThrownBy(() -> open(port))
                .isInstanceOfSatisfying(
                        KrylaException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static SerialRadio open(String port) {
        return SerialRadio.ofGround(new SerialPortDevice(port, 57_600, false), SETTINGS, System::nanoTime);
    }

    private SerialRadio airframe() {
        return SerialRadio.ofAirframe(
                new SerialPortDevice(here.port(), 57_600, false), SETTINGS, System::nanoTime, new SecureRandom());
    }

    private SerialRadio ground() {
        return open(there.port());
    }
}
