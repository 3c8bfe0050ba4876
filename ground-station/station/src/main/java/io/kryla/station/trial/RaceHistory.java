package io.kryla.station.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.factory.ledger.IndexedLeaf;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.Unit;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checker needs to know of a race: the quota, every request with its answer, and what the ledger held afterwards. As a
 * file it is JSON, one object a line, so that a checker that is not ours can read it.
 */
public record RaceHistory(Plan plan, List<Operation> operations, List<HeldUnit> units, List<HeldLeaf> leaves) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was to be raced for. */
    public record Plan(long quota, int stations, long seed) {}

    /** A unit that the ledger held at the end, voided ones too. */
    public record HeldUnit(String serial, String key, String hardware, String state) {}

    /** A leaf that the ledger held at the end. */
    public record HeldLeaf(long index, String serial, String event) {}

    private record PlanLine(Plan plan) {}

    private record OperationLine(Operation operation) {}

    private record UnitLine(HeldUnit unit) {}

    private record LeafLine(HeldLeaf leaf) {}

    /** A line of the file: one of the four. */
    @SuppressWarnings("NullAway") // what a line does not hold is null
    private record AnyLine(Plan plan, Operation operation, HeldUnit unit, HeldLeaf leaf) {}

    public RaceHistory {
        operations = List.copyOf(operations);
        units = List.copyOf(units);
        leaves = List.copyOf(leaves);
    }

    /** The operations, and what the ledger holds now. */
    static RaceHistory of(Plan plan, List<Operation> operations, LineLedger ledger) {
        List<HeldUnit> units = new ArrayList<>();
        for (Unit unit : ledger.units()) {
            units.add(new HeldUnit(
                    unit.serial(),
                    unit.idevidKeySha256().hex(),
                    unit.hardwareIdSha256().hex(),
                    unit.state().name()));
        }
        List<HeldLeaf> leaves = new ArrayList<>();
        for (long index = 0; index < ledger.size(); index++) {
            IndexedLeaf leaf = ledger.leaf(index);
            leaves.add(new HeldLeaf(
                    index,
                    leaf.content().getSerial(),
                    leaf.content().getEventCase().name()));
        }
        return new RaceHistory(plan, operations, units, leaves);
    }

    public void write(Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            line(out, new PlanLine(plan));
            for (Operation operation : operations) {
                line(out, new OperationLine(operation));
            }
            for (HeldUnit unit : units) {
                line(out, new UnitLine(unit));
            }
            for (HeldLeaf leaf : leaves) {
                line(out, new LeafLine(leaf));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(BufferedWriter out, Object value) throws IOException {
        out.write(JSON.writeValueAsString(value));
        out.write('\n');
    }

    /** Reads a file that {@link #write} wrote. */
    public static RaceHistory read(Path file) {
        Plan plan = new Plan(0, 0, 0);
        List<Operation> operations = new ArrayList<>();
        List<HeldUnit> units = new ArrayList<>();
        List<HeldLeaf> leaves = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                AnyLine line = JSON.readValue(text, AnyLine.class);
                plan = line.plan() != null ? line.plan() : plan;
                if (line.operation() != null) {
                    operations.add(line.operation());
                }
                if (line.unit() != null) {
                    units.add(line.unit());
                }
                if (line.leaf() != null) {
                    leaves.add(line.leaf());
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("file: a race's history expected, got " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RaceHistory(plan, operations, units, leaves);
    }
}
