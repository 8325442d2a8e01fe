// SPDX-License-Identifier: Apache-2.0
/**
 * kill -9 of every role of a running site, again and again, under load: what a subscriber is given stays each message once and in
 * order, or an exact notice, and no number ever has two contents.
 *
 * <p>Called by the build (profile {@code full}); starts roles as processes. {@code -Dheliograph.kills=100} for a longer run.
 *
 * <p>Thread rule: the test's own thread, and one a process for what it says. Read {@code KillSystemTest} first.
 */
@NullMarked
package io.heliograph.perf.system.kill;

import org.jspecify.annotations.NullMarked;
