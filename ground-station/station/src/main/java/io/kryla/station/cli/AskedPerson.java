package io.kryla.station.cli;

import io.kryla.station.prompts.Prompts;
import io.kryla.station.workbench.TaskHands;
import io.kryla.v1.BenchTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/** Somebody at a keyboard, who is asked for one thing after the other: Enter when it is done, s where it cannot be. Any thread. */
final class AskedPerson implements TaskHands.Person {
    private final BufferedReader in;
    private final PrintWriter out;
    private final Prompts prompts;

    AskedPerson(BufferedReader in, PrintWriter out, Prompts prompts) {
        this.in = in;
        this.out = out;
        this.prompts = prompts;
    }

    @Override
    public synchronized boolean doIt(int slot, BenchTask task) {
        String what =
                task.hasHold() ? prompts.pose(task.getHold().getPose()) : prompts.text("bench.label", task.getSerial());
        out.println("[" + slot + "] " + prompts.text("bench.prompt", what));
        out.flush();
        try {
            String answer = in.readLine();
            return answer != null && answer.isBlank();
        } catch (IOException e) {
            return false; // nobody there any more
        }
    }
}
