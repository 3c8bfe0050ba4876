package io.kryla.airframe.provisioning;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.SelfTest;
import io.kryla.keys.Digest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a {@link ProvisioningBoard}. */
public final class ProvisioningBoardBuilder {
    private @Nullable String designOid;
    private @Nullable ByteString hardwareId;
    private @Nullable Digest rootSha256;
    private @Nullable SecureElement secureElement;
    private @Nullable AirframeStorage storage;
    private @Nullable FirmwareSlot firmware;
    private @Nullable ParameterStore parameters;
    private @Nullable SelfTest selfTest;
    private @Nullable InstantSource clock;

    ProvisioningBoardBuilder() {}

    /** Object identifier of the design, dotted; licenses and firmware of another design are refused. */
    public ProvisioningBoardBuilder design(String oid) {
        this.designOid = oid;
        return this;
    }

    /** What the board is known by before it has a serial, unique to it for life. */
    public ProvisioningBoardBuilder hardwareId(byte[] id) {
        this.hardwareId = ByteString.copyFrom(id);
        return this;
    }

    /** Hash of the licensor's root certificate, as built into the firmware: the one thing that is believed unseen. */
    public ProvisioningBoardBuilder rootSha256(Digest digest) {
        this.rootSha256 = digest;
        return this;
    }

    /** Makes the identity key and the log key on first use. */
    public ProvisioningBoardBuilder secureElement(SecureElement element) {
        this.secureElement = element;
        return this;
    }

    /** Where each step is durable before the station hears of it. */
    public ProvisioningBoardBuilder storage(AirframeStorage airframeStorage) {
        this.storage = airframeStorage;
        return this;
    }

    /** Takes the firmware, and tells the digest of what it holds. */
    public ProvisioningBoardBuilder firmware(FirmwareSlot slot) {
        this.firmware = slot;
        return this;
    }

    /** Where the station writes parameters and reads them back. */
    public ProvisioningBoardBuilder parameters(ParameterStore store) {
        this.parameters = store;
        return this;
    }

    /** Measures the unit at rest when the station asks. */
    public ProvisioningBoardBuilder selfTest(SelfTest test) {
        this.selfTest = test;
        return this;
    }

    /** Wall time, for the validity of certificates. */
    public ProvisioningBoardBuilder clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    public ProvisioningBoard build() {
        return new ProvisioningBoard(
                given("design", designOid),
                given("hardwareId", hardwareId),
                given("rootSha256", rootSha256),
                given("secureElement", secureElement),
                given("storage", storage),
                given("firmware", firmware),
                given("parameters", parameters),
                given("selfTest", selfTest),
                given("clock", clock));
    }

    private static <T> T given(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " of the board is missing");
        }
        return value;
    }
}
