// SPDX-License-Identifier: Apache-2.0
/**
 * The roles of this module.
 *
 * <p>Found by the launcher through {@code ServiceLoader}; calls the benchmarks. The main thread. Read {@link
 * io.heliograph.perf.cli.BenchCommand} first.
 */
@NullMarked
package io.heliograph.perf.cli;

import org.jspecify.annotations.NullMarked;
