// SPDX-License-Identifier: Apache-2.0
/**
 * Hosts of a topology on loopback in this process: their engines, and what runs them.
 *
 * <p>Called by the scenarios that need more than a stream; calls {@code engine}. Every class says its threads.
 */
@NullMarked
package io.heliograph.perf.bench.site;

import org.jspecify.annotations.NullMarked;
