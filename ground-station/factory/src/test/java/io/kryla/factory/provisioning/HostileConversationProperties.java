package io.kryla.factory.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.factory.birth.BenchAirframe;
import io.kryla.factory.birth.BirthLine;
import io.kryla.keys.KrylaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a stranger sends, neither side throws, and neither stores what was not proven. */
class HostileConversationProperties {
    private static Path folder;
    private static BirthLine line;
    private static List<byte[]> said;

    @BeforeContainer
    static void recordAConversation() throws IOException {
        folder = Files.createTempDirectory("kryla-hostile");
        line = BirthLine.in(folder, 100_000);
        BenchAirframe airframe = line.board("heard");
        said = new java.util.ArrayList<>();
        airframe.start()
                .provision(ConversationLink.to(
                                line.provisioning(), airframe.identityKey().key())
                        .changingWhatTheStationSays(message -> {
                            said.add(message);
                            return message;
                        }));
    }

    @AfterContainer
    static void closeLine() throws IOException {
        line.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Property(tries = 200, seed = "20260301")
    void theLineRefusesBytesOfAnyKind(@ForAll @Size(max = 200) byte[] bytes) {
        BenchAirframe airframe = line.board("stranger");
        ConversationLink link =
                ConversationLink.to(line.provisioning(), airframe.identityKey().key());
        link.send(bytes);
        assertThat(link.events).allMatch(ProvisioningEvent.ConversationRefused.class::isInstance);
        assertThat(line.line.ledger.units()).hasSize(1);
    }

    @Property(tries = 60, seed = "20260302")
    void theAirframeStoresNothingOfAConversationInWhichOneBitWasFlipped(
            @ForAll @IntRange(max = 3) int place, @ForAll @IntRange(max = 1 << 20) int bit) {
        BenchAirframe airframe = line.board("listener");
        List<byte[]> script = said.subList(0, 4);
        byte[] changed = script.get(place).clone();
        int at = bit % (8 * changed.length);
        changed[at / 8] ^= (byte) (1 << (at % 8));
        ReplayingStation station = new ReplayingStation(line.station.chain(), script, place, changed);
        try {
            assertThat(airframe.start().provision(station)).isInstanceOf(ProvisioningOutcome.Refused.class);
        } catch (KrylaException e) {
            assertThat(e.code()).isEqualTo("CHANNEL_CLOSED");
        }
        assertThat(airframe.storage.read(StorageEntry.CERT_ISSUE)).isEmpty();
        assertThat(airframe.storage.read(StorageEntry.BIRTH_COMMIT)).isEmpty();
    }
}
