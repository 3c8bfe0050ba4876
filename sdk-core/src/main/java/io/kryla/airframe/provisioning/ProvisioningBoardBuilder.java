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

    public ProvisioningBoardBuilder design(String oid) {
        this.designOid = oid;
        return this;
    }

    public ProvisioningBoardBuilder hardwareId(byte[] id) {
        this.hardwareId = ByteString.copyFrom(id);
        return this;
    }

    public ProvisioningBoardBuilder rootSha256(Digest digest) {
        this.rootSha256 = digest;
        return this;
    }

    public ProvisioningBoardBuilder secureElement(SecureElement element) {
        this.secureElement = element;
        return this;
    }

    public ProvisioningBoardBuilder storage(AirframeStorage airframeStorage) {
        this.storage = airframeStorage;
        return this;
    }

    public ProvisioningBoardBuilder firmware(FirmwareSlot slot) {
        this.firmware = slot;
        return this;
    }

    public ProvisioningBoardBuilder parameters(ParameterStore store) {
        this.parameters = store;
        return this;
    }

    public ProvisioningBoardBuilder selfTest(SelfTest test) {
        this.selfTest = test;
        return this;
    }

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
