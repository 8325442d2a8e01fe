// SPDX-License-Identifier: Apache-2.0
/**
 * Two sites and the way between them: hosts as network namespaces, an engine, driver and programs in processes of their own, and
 * a relay that delays what goes over each path of the bridge, cuts it, holds it, stops reading, and changes octets. What is
 * proved: every message arrives in the other site once and in order, whatever happens in between and whoever is killed.
 *
 * <p>Called by failsafe (profile {@code full}); calls roles and nodes of {@code perf.system.lab} as programs do. {@code
 * -Dheliograph.cut.seconds=600} and {@code -Dheliograph.kills=50} for longer runs, {@code -Dheliograph.seed=N} for one again.
 * Thread rule: the test's own thread, and those that read what processes say. Read {@link
 * io.heliograph.perf.system.wan.TwoSites} first.
 */
@NullMarked
package io.heliograph.perf.system.wan;

import org.jspecify.annotations.NullMarked;
