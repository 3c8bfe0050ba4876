package io.kryla.bench.loopback;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of this process less that of the sending threads: so whatever cannot be told apart, garbage collection above all,
 * counts against the receiver.
 */
final class ReceiverCpu {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String senders;

    /** @param senders how the names of sending threads begin; the calling thread is one, too */
    ReceiverCpu(String senders) {
        this.senders = senders;
    }

    long nanos() {
        long sending = threads.getCurrentThreadCpuTime();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(senders)) {
                sending += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return system.getProcessCpuTime() - sending;
    }
}
