// SPDX-License-Identifier: Apache-2.0
/**
 * What can be said of a host without being part of its streams: so far the checks of {@code doctor}, one a class.
 *
 * <p>A check is a function of what a {@link io.heliograph.engine.monitor.Machine} lets it read under {@code /proc} and
 * {@code /sys}, and of what it was made with; it changes nothing. Called by {@code cli}; calls {@code base}, {@code media},
 * {@code config}. Nothing here is hot, and one thread owns everything. Read {@link io.heliograph.engine.monitor.Check}
 * first, then {@link io.heliograph.engine.monitor.Examination}, which lists all of them.
 */
@NullMarked
package io.heliograph.engine.monitor;

import org.jspecify.annotations.NullMarked;
