package io.kryla.station.cli;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.keys.KrylaException;
import io.kryla.station.outcome.Progress;
import io.kryla.station.prompts.Prompts;
import io.kryla.station.workbench.SlotWatch;
import io.kryla.station.workbench.Workbench;
import io.kryla.v1.BenchTask;
import io.kryla.v1.Measurement;
import io.kryla.v1.MeasurementOutcome;
import io.kryla.v1.UnitNews;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line for what happens in a slot, in the operator's language. Any thread. */
final class SlotText implements SlotWatch {
    private final Progress progress;
    private final Prompts prompts;
    /** Measurements of each slot's unit that were shown already. */
    private final Map<Integer, Integer> shown = new HashMap<>();

    SlotText(Progress progress, Prompts prompts) {
        this.progress = progress;
        this.prompts = prompts;
    }

    void opened(int slots, String line, String role) {
        synchronized (progress) {
            progress.step(prompts.text("bench.open", slots, line, role));
        }
    }

    private void say(int slot, String text) {
        synchronized (progress) {
            progress.detail("[" + slot + "] " + text);
        }
    }

    @Override
    public void onPluggedIn(int slot) {
        synchronized (progress) {
            shown.remove(slot);
        }
        say(slot, prompts.text("slot.plugged"));
    }

    @Override
    public void onTask(int slot, BenchTask task) {
        switch (task.getTaskCase()) {
            case HOLD ->
                say(slot, prompts.text("slot.hold", prompts.pose(task.getHold().getPose())));
            case FLASH -> say(slot, prompts.text("slot.flash", task.getSerial()));
            default -> say(slot, prompts.text("slot.label", task.getSerial()));
        }
    }

    @Override
    public void onNews(int slot, UnitNews news) {
        if (news.getMeasurementsCount() > 0) {
            showFailed(slot, news.getMeasurementsList());
        } else if (!news.getOver()) {
            say(slot, prompts.text("slot.step", news.getSerial(), news.getStep() + " " + news.getDetail()));
        }
    }

    private void showFailed(int slot, List<Measurement> taken) {
        synchronized (progress) {
            int from = Math.min(shown.getOrDefault(slot, 0), taken.size());
            shown.put(slot, taken.size());
            for (Measurement measured : taken.subList(from, taken.size())) {
                if (measured.getOutcome() == MeasurementOutcome.MEASUREMENT_OUTCOME_FAIL) {
                    say(slot, failing(measured));
                }
            }
        }
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

    @Override
    public void onBorn(Workbench.BornUnit unit) {
        say(unit.slot(), prompts.text("slot.born", unit.serial(), Math.round(unit.nanos() / 1e8) / 10.0));
    }

    @Override
    public void onRefused(int slot, ProvisioningOutcome.Refused refusal) {
        say(slot, prompts.text("slot.refused", refusal.code(), refusal.detail()));
    }

    @Override
    public void onHeld(int slot, KrylaException why) {
        say(slot, prompts.text("slot.held", why.code(), String.valueOf(why.getMessage())));
    }
}
