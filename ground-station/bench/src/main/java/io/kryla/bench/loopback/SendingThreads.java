package io.kryla.bench.loopback;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The threads of this process that send, the calling one among them. All other CPU time of the process is the receiver's: so
 * whatever cannot be told apart, garbage collection above all, counts against the receiver.
 */
final class SendingThreads {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<String> names;

    /** @param names how the names of sending threads begin */
    SendingThreads(String... names) {
        this.names = List.of(names);
    }

    /** CPU time of this process but for that of these threads. */
    long receiverCpuNanos() {
        return system.getProcessCpuTime() - sum(threads::getThreadCpuTime);
    }

    /** What these threads ever allocated. */
    long allocatedBytes() {
        return sum(threads::getThreadAllocatedBytes);
    }

    private long sum(LongUnaryOperator ofThread) {
        long sum = ofThread.applyAsLong(Thread.currentThread().getId());
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && names.stream().anyMatch(thread.getThreadName()::startsWith)) {
                sum += Math.max(0, ofThread.applyAsLong(thread.getThreadId()));
            }
        }
        return sum;
    }
}
