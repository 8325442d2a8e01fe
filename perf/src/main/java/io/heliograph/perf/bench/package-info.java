// SPDX-License-Identifier: Apache-2.0
/**
 * End-to-end benchmarks: Heliograph and bare Aeron carry the same payloads, in the same run, in interleaved rounds.
 *
 * <p>Called by {@code perf.cli}; calls {@code lab} for processes and the network, {@code report} for what came out. One
 * thread runs all, the work is done in child processes. Read {@link io.heliograph.perf.bench.Scenario} first.
 */
@NullMarked
package io.heliograph.perf.bench;

import org.jspecify.annotations.NullMarked;
