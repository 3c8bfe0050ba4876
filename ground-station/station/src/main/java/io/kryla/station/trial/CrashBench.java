package io.kryla.station.trial;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.airframe.SelfTest;
import io.kryla.airframe.StorageEntry;
import io.kryla.airframe.provisioning.ProvisioningBoard;
import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.hil.sensors.SensorFaults;
import io.kryla.keys.KrylaException;
import io.kryla.station.bench.SimulatedBoard;
import io.kryla.station.founding.WorldPlan;
import io.kryla.station.line.Premises;
import io.kryla.station.outcome.Finding;
import io.kryla.v1.ClaimGrant;
import io.kryla.v1.MeasuredValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The boards of a crash test, and what each was told. Safe for any thread; a board is one thread's at a time. */
final class CrashBench {
    private final Premises premises;
    private final Path folder;
    private final Map<Integer, SimulatedBoard> boards = new LinkedHashMap<>();
    private final Map<Integer, String> granted = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<List<String>, List<MeasuredValue>> measurements = new ConcurrentHashMap<>();
    private int refusals;

    CrashBench(Premises premises, Path folder) {
        this.premises = premises;
        this.folder = folder;
    }

    /** A new board; its number. */
    synchronized int add() {
        int number = boards.size() + 1;
        boards.put(
                number,
                SimulatedBoard.make(
                        folder.resolve("board-" + number),
                        WorldPlan.DESIGN_OID,
                        premises.root(),
                        number,
                        premises.random()));
        return number;
    }

    /**
     * Plugs a board in, once.
     *
     * @return whether it was born; false when the service or its own power went away
     */
    boolean plugIn(int number, ServiceProcess service, PowerCut cut) {
        ProvisioningBoard board = board(number)
                .forProvisioning(premises.privateFolder().firmwareImage(), SensorFaults.none(), premises.clock());
        try {
            ProvisioningOutcome outcome =
                    ProvisioningClient.of(cut.over(board, this::measured)).provision(service.address());
            if (outcome instanceof ProvisioningOutcome.Refused refused) {
                refused(number, refused);
                return false;
            }
            return true;
        } catch (KrylaException e) {
            if (!e.retryable()) {
                finding("RESUME_FAILED", number, e.code() + ": " + e.getMessage());
            }
            return false;
        } finally {
            compareSerial(number);
        }
    }

    /** Five seconds of simulated flight say the same of every healthy board: measured once. */
    private List<MeasuredValue> measured(SelfTest real, List<String> names) {
        return measurements.computeIfAbsent(names, real::measure);
    }

    private synchronized SimulatedBoard board(int number) {
        return Objects.requireNonNull(boards.get(number), "board");
    }

    private synchronized void refused(int number, ProvisioningOutcome.Refused refused) {
        refusals++;
        finding("REFUSED_WRONGLY", number, refused.code() + ": " + refused.detail());
    }

    /** A serial that a board was told once is its serial for good. */
    private void compareSerial(int number) {
        Optional<String> told = serial(number);
        synchronized (this) {
            String before = granted.get(number);
            if (before != null && !told.equals(Optional.of(before))) {
                finding("SERIAL_CHANGED", number, before + " was granted, now " + told.orElse("none"));
            }
            told.ifPresent(serial -> granted.putIfAbsent(number, serial));
        }
    }

    private Optional<String> serial(int number) {
        return board(number).storage().read(StorageEntry.CLAIM_GRANT).map(bytes -> {
            try {
                return ClaimGrant.parseFrom(bytes).getSerial();
            } catch (InvalidProtocolBufferException e) {
                return "not a grant";
            }
        });
    }

    boolean isBorn(int number) {
        return board(number).storage().read(StorageEntry.BIRTH_COMMIT).isPresent();
    }

    synchronized int boards() {
        return boards.size();
    }

    synchronized Map<Integer, String> serials() {
        return Map.copyOf(granted);
    }

    synchronized int refusals() {
        return refusals;
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    synchronized void finding(String code, int number, String reason) {
        findings.add(new Finding(code, "", "board " + number, reason));
    }
}
