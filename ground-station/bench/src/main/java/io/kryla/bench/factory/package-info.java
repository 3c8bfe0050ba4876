/**
 * What a line's ledger, its CA and its auditor bear (benchmarks.md). Start reading at
 * {@link io.kryla.bench.factory.FactoryBench}.
 */
@NullMarked
package io.kryla.bench.factory;

import org.jspecify.annotations.NullMarked;
