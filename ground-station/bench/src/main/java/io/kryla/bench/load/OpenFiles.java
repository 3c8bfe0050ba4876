package io.kryla.bench.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files a process of this user may have open. */
public final class OpenFiles {
    private OpenFiles() {}

    /** Java has raised its own limit as far as the system lets it; where that is not said there is none. */
    public static long most() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
