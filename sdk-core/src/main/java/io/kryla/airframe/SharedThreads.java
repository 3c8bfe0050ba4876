package io.kryla.airframe;

import io.kryla.link.LinkLoop;
import java.util.concurrent.Executor;

/**
 * Threads that agents of one process share, in place of their own.
 *
 * @param loop of all their links, run by the caller
 * @param executor runs what blocks: set-ups, each a minute at most, storage
 */
record SharedThreads(LinkLoop loop, Executor executor) {}
