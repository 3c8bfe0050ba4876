/**
 * What every benchmark needs: how JMH is run, the rows of its numbers, the report (benchmarks.md). Start reading at
 * {@link io.kryla.bench.report.BenchReport}.
 */
@NullMarked
package io.kryla.bench.report;

import org.jspecify.annotations.NullMarked;
