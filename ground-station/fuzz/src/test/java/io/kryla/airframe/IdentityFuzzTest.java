package io.kryla.airframe;

import static io.kryla.fuzz.Executions.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kryla.fuzz.Executions;
import io.kryla.identity.fixture.TestLicensor;
import io.kryla.keys.KrylaException;
import io.kryla.test.FakeIdentity;
import io.kryla.test.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** What provisioning left on an airframe, one entry of it damaged or planted: the first byte says which. */
class IdentityFuzzTest {
    private static final StorageEntry[] ENTRIES = StorageEntry.values();
    private static final FakeIdentity IDENTITY = FakeIdentity.born(new TestLicensor(), "ZZZZ8DE010001");

    static Stream<byte[]> seeds() {
        return Arrays.stream(ENTRIES)
                .flatMap(entry -> IDENTITY.storage().read(entry).stream()
                        .map(content -> ByteBuffer.allocate(1 + content.length)
                                .put((byte) entry.ordinal())
                                .put(content)
                                .array()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void identityWithOneEntryOfAnother(byte[] input) {
        Executions.count();
        if (input.length == 0) {
            return;
        }
        MemoryStorage storage = IDENTITY.storage().copy();
        storage.write(
                ENTRIES[Byte.toUnsignedInt(input[0]) % ENTRIES.length], Arrays.copyOfRange(input, 1, input.length));
        try {
            AirframeIdentity read = AirframeIdentity.read(storage, IDENTITY.secureElement());
            require(read.serial().equals(IDENTITY.serial()), "the serial that the log key is endorsed for");
            read.provenPast();
        } catch (KrylaException e) {
            require(e.code().equals("NOT_PROVISIONED"), "the code of an airframe that cannot boot");
        }
    }

    @AfterAll
    static void allRan() {
        Executions.requireAll();
    }
}
