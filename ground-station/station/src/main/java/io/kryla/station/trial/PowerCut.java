package io.kryla.station.trial;

import io.kryla.airframe.AirframeStorage;
import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.SelfTest;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningBoard;
import io.kryla.keys.Digest;
import io.kryla.keys.KrylaException;
import io.kryla.keys.Signer;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * Takes the power from an airframe at one of its step boundaries: ahead of, or just behind, something that lasts (a key, an entry of its
 * storage, its firmware, its parameters). What was written before stays; nothing is said to the station. One board, one thread.
 */
final class PowerCut {
    /** The airframe is dark. */
    static final class PowerLost extends KrylaException {
        private static final long serialVersionUID = 1L;

        PowerLost() {
            super("POWER_LOST", "the airframe lost its power; plug it in again", true);
        }
    }

    private interface Lasting<T> {
        T take();
    }

    private final int at;
    private int boundaries;

    private PowerCut(int at) {
        this.at = at;
    }

    /** @param at boundary, from 1; none is reached if it is beyond the last */
    static PowerCut at(int at) {
        return new PowerCut(at);
    }

    /** Answers in the place of a board's own self-test. */
    interface Measuring {
        List<MeasuredValue> measure(SelfTest real, List<String> names);
    }

    /** The same board, until it goes dark. */
    ProvisioningBoard over(ProvisioningBoard board, Measuring measuring) {
        return new ProvisioningBoard(
                board.designOid(),
                board.hardwareId(),
                board.rootSha256(),
                new CutSecureElement(board.secureElement()),
                new CutStorage(board.storage()),
                new CutFirmware(board.firmware()),
                new CutParameters(board.parameters()),
                names -> measuring.measure(board.selfTest(), names),
                board.clock());
    }

    private void boundary() {
        if (++boundaries == at) {
            throw new PowerLost();
        }
    }

    private <T> T around(Lasting<T> lasting) {
        boundary();
        T result = lasting.take();
        boundary();
        return result;
    }

    private final class CutSecureElement implements SecureElement {
        private final SecureElement real;

        CutSecureElement(SecureElement real) {
            this.real = real;
        }

        @Override
        public Signer identityKey() {
            return around(real::identityKey);
        }

        @Override
        public Signer logKey() {
            return around(real::logKey);
        }
    }

    private final class CutStorage implements AirframeStorage {
        private final AirframeStorage real;

        CutStorage(AirframeStorage real) {
            this.real = real;
        }

        @Override
        public Optional<byte[]> read(StorageEntry entry) {
            return real.read(entry);
        }

        @Override
        public void write(StorageEntry entry, byte[] content) {
            around(() -> {
                real.write(entry, content);
                return entry;
            });
        }
    }

    private final class CutFirmware implements FirmwareSlot {
        private final FirmwareSlot real;

        CutFirmware(FirmwareSlot real) {
            this.real = real;
        }

        @Override
        public Digest imageSha256() {
            return real.imageSha256();
        }

        @Override
        public String version() {
            return real.version();
        }

        @Override
        public void install(FirmwareManifest verifiedManifest) {
            around(() -> {
                real.install(verifiedManifest);
                return verifiedManifest;
            });
        }
    }

    private final class CutParameters implements ParameterStore {
        private final ParameterStore real;

        CutParameters(ParameterStore real) {
            this.real = real;
        }

        @Override
        public void write(List<Parameter> parameters) {
            around(() -> {
                real.write(parameters);
                return parameters;
            });
        }

        @Override
        public List<Parameter> read() {
            return real.read();
        }
    }
}
