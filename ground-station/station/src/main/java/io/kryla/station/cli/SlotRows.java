package io.kryla.station.cli;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.keys.KrylaException;
import io.kryla.station.prompts.Prompts;
import io.kryla.station.workbench.SlotWatch;
import io.kryla.station.workbench.Workbench;
import io.kryla.v1.BenchTask;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import io.kryla.v1.UnitNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * One row a slot: what happens there, for how long, and how long it will take, by the units that were born before. Below, on
 * demand, what failed in each slot last. Any thread.
 */
final class SlotRows implements SlotWatch {
    private final Prompts prompts;
    private final LongSupplier monotonicNanos;
    private final Map<Integer, Row> rows = new TreeMap<>();
    private long bornUnits;
    private long bornNanos;

    private static final class Row {
        private String text = "";
        private long sinceNanos;
        private boolean working;
        private List<Measurement> failed = List.of();
    }

    SlotRows(int slots, Prompts prompts, LongSupplier monotonicNanos) {
        this.prompts = prompts;
        this.monotonicNanos = monotonicNanos;
        for (int slot = 1; slot <= slots; slot++) {
            rows.put(slot, new Row());
        }
    }

    /** @param withFailures whether to list below what failed last in each slot */
    synchronized List<String> lines(boolean withFailures) {
        List<String> lines = new ArrayList<>();
        rows.forEach((slot, row) -> lines.add("[" + slot + "] " + row.text + time(row)));
        if (withFailures) {
            rows.forEach(
                    (slot, row) -> row.failed.forEach(measured -> lines.add("[" + slot + "] " + failing(measured))));
        } else if (rows.values().stream().anyMatch(row -> !row.failed.isEmpty())) {
            lines.add(prompts.text("board.key"));
        }
        return lines;
    }

    private String time(Row row) {
        if (!row.working) {
            return "";
        }
        long elapsed = seconds(monotonicNanos.getAsLong() - row.sinceNanos);
        if (bornUnits == 0) {
            return "  " + elapsed + " s";
        }
        long left = Math.max(0, seconds(bornNanos / bornUnits) - elapsed);
        return "  " + elapsed + " s, " + prompts.text("slot.left", left);
    }

    private static long seconds(long nanos) {
        return Math.round(nanos / 1e9);
    }

    private String failing(Measurement measured) {
        return prompts.text(
                "slot.failing",
                measured.getName(),
                Double.toString(measured.getValue()),
                measured.getUnit(),
                Double.toString(measured.getLowerLimit()),
                Double.toString(measured.getUpperLimit()),
                measured.getAttempt());
    }

    private synchronized void say(int slot, String text) {
        rows.computeIfAbsent(slot, first -> new Row()).text = text;
    }

    @Override
    public synchronized void onPluggedIn(int slot) {
        Row row = rows.computeIfAbsent(slot, first -> new Row());
        row.sinceNanos = monotonicNanos.getAsLong();
        row.working = true;
        row.failed = List.of();
        row.text = prompts.text("slot.plugged");
    }

    @Override
    public void onTask(int slot, BenchTask task) {
        switch (task.getTaskCase()) {
            case HOLD ->
                say(
                        slot,
                        task.getSerial() + " "
                                + prompts.text(
                                        "slot.hold", prompts.pose(task.getHold().getPose())));
            case FLASH -> say(slot, prompts.text("slot.flash", task.getSerial()));
            default -> say(slot, prompts.text("slot.label", task.getSerial()));
        }
    }

    @Override
    public synchronized void onNews(int slot, UnitNews news) {
        if (news.getMeasurementsCount() > 0) {
            rows.computeIfAbsent(slot, first -> new Row()).failed = news.getMeasurementsList().stream()
                    .filter(measured -> measured.getOutcome() == MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL)
                    .toList();
        } else if (!news.getOver()) {
            say(slot, prompts.text("slot.step", news.getSerial(), news.getStep()));
        }
    }

    @Override
    public synchronized void onBorn(Workbench.BornUnit unit) {
        bornUnits++;
        bornNanos += unit.nanos();
        end(unit.slot(), prompts.text("slot.born", unit.serial(), Math.round(unit.nanos() / 1e8) / 10.0));
    }

    @Override
    public synchronized void onRefused(int slot, ProvisioningOutcome.Refused refusal) {
        end(slot, prompts.text("slot.refused", refusal.code(), refusal.detail()));
    }

    private void end(int slot, String text) {
        Row row = rows.computeIfAbsent(slot, first -> new Row());
        row.working = false;
        row.text = text;
    }

    @Override
    public void onHeld(int slot, KrylaException why) {
        say(slot, prompts.text("slot.held", why.code(), String.valueOf(why.getMessage())));
    }
}
