// SPDX-License-Identifier: Apache-2.0
/**
 * A site in virtual time: a publisher that is killed and comes back, lines that lose, delay, reorder, repeat and break, journals,
 * subscribers that join late, are cut off and killed; every step of it from one seed, so that a failure repeats.
 *
 * <p>The state machines are the shipped ones; only time, network and disk are stood in for. Everything runs on the test's thread.
 * Read {@code SimulatedSite} first.
 */
@NullMarked
package io.heliograph.perf.simulation;

import org.jspecify.annotations.NullMarked;
