// SPDX-License-Identifier: Apache-2.0
/**
 * Fetches what a subscription missed, and answers those who ask for it.
 *
 * <p>State machines without I/O, clock or thread of their own: {@link io.heliograph.engine.recovery.Ladder} fills gaps within a
 * budget, rung by rung; {@link io.heliograph.engine.recovery.Joining} follows journals from a place in the past until the lines
 * are reached; {@link io.heliograph.engine.recovery.ReplayServer} answers many askers fairly. Whom they ask and what they read
 * are ports: {@link io.heliograph.engine.recovery.GapSource}, {@link io.heliograph.engine.recovery.ReplayLog}.
 *
 * <p>The root calls in, from a thread beside those that poll; tests do in virtual time. Read
 * {@link io.heliograph.engine.recovery.Recovery} first.
 */
@NullMarked
package io.heliograph.engine.recovery;

import org.jspecify.annotations.NullMarked;
