// SPDX-License-Identifier: Apache-2.0
/**
 * What a benchmark found: rows with medians and ratios, as a table, as JSON, as a drawing, and compared with an older run.
 *
 * <p>Called by the scenarios and by {@code perf.cli}; calls nothing of the house but the JSON writer. Values only: no thread
 * rule. Read {@link io.heliograph.perf.bench.report.Row} first.
 */
@NullMarked
package io.heliograph.perf.bench.report;

import org.jspecify.annotations.NullMarked;
