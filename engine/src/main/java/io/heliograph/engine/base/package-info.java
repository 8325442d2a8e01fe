// SPDX-License-Identifier: Apache-2.0
/**
 * What every room stands on: clocks, outcome codes, the error log, the catalogue of counters.
 *
 * <p>Called by all rooms; calls none. Every type says its own thread rule. Read {@link
 * io.heliograph.engine.base.CounterDescriptor} first: it lists every number that the appliance shows.
 */
@NullMarked
package io.heliograph.engine.base;

import org.jspecify.annotations.NullMarked;
