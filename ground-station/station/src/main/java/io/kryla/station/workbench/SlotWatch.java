package io.kryla.station.workbench;

import io.kryla.airframe.provisioning.ProvisioningOutcome;
import io.kryla.keys.KrylaException;
import io.kryla.v1.BenchTask;
import io.kryla.v1.UnitNews;

/** Follows the slots of a bench. Called by their threads and the session's. */
public interface SlotWatch {
    void onPluggedIn(int slot);

    /** Something has to be done for the airframe in the slot. */
    void onTask(int slot, BenchTask task);

    /** A step is durable at the line, or something was measured. */
    void onNews(int slot, UnitNews news);

    void onBorn(Workbench.BornUnit unit);

    void onRefused(int slot, ProvisioningOutcome.Refused refusal);

    /** The line service is away; the unit is held. */
    void onHeld(int slot, KrylaException why);
}
