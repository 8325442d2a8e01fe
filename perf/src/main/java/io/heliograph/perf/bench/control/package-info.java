// SPDX-License-Identifier: Apache-2.0
/**
 * What a benchmark says to its processes and hears from them: a line of text each.
 *
 * <p>Used on both sides; calls nothing. Values only: no thread rule. Read {@link
 * io.heliograph.perf.bench.control.ControlLine} first.
 */
@NullMarked
package io.heliograph.perf.bench.control;

import org.jspecify.annotations.NullMarked;
