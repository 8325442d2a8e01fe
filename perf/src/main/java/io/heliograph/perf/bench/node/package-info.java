// SPDX-License-Identifier: Apache-2.0
/**
 * The child process of a benchmark: takes control lines, does one kind of work, answers with what it measured.
 *
 * <p>Started by {@code lab}; calls {@code subject}. One thread works, another only listens for commands. Read {@link
 * io.heliograph.perf.bench.node.NodeMain} first.
 */
@NullMarked
package io.heliograph.perf.bench.node;

import org.jspecify.annotations.NullMarked;
