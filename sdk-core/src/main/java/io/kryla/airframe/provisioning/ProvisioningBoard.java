package io.kryla.airframe.provisioning;

import com.google.protobuf.ByteString;
import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.SelfTest;
import io.kryla.keys.Digest;
import java.time.InstantSource;

/**
 * What provisioning needs from the board.
 *
 * @param designOid the design this board is built to
 * @param hardwareId unique to the board, read from its silicon
 * @param rootSha256 SHA-256 of the licensor's root certificate, part of the firmware: the one thing known in advance
 * @param clock the airframe's time: at least its firmware's build
 */
public record ProvisioningBoard(
        String designOid,
        ByteString hardwareId,
        Digest rootSha256,
        SecureElement secureElement,
        AirframeStorage storage,
        FirmwareSlot firmware,
        ParameterStore parameters,
        SelfTest selfTest,
        InstantSource clock) {
    public ProvisioningBoard {
        if (hardwareId.isEmpty() || hardwareId.size() > 64) {
            throw new IllegalArgumentException("hardwareId: 1 to 64 bytes expected, got " + hardwareId.size());
        }
    }

    /** Names what is missing when it is built. */
    public static ProvisioningBoardBuilder builder() {
        return new ProvisioningBoardBuilder();
    }
}
