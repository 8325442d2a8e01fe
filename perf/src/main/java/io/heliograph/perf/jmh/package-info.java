// SPDX-License-Identifier: Apache-2.0
/**
 * The hot path piece by piece, without a network: JMH benchmarks. Each says what an operation is; none may allocate.
 *
 * <p>Run by {@code heliograph bench jmh}; calls one room each. One thread. Read {@link
 * io.heliograph.perf.jmh.ArbitrationBenchmark} first.
 */
@NullMarked
package io.heliograph.perf.jmh;

import org.jspecify.annotations.NullMarked;
