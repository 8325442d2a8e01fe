// SPDX-License-Identifier: Apache-2.0
/**
 * Whom to use of several: levels, availability, failover, failback and balance, one mechanism for all who have to choose. A state
 * machine: who uses it tells it what becomes of its peers, with the time, and asks it whom to take next.
 *
 * <p>Called by {@code bridge}; calls nobody. One owner's thread. Read {@link io.heliograph.engine.priority.PeerGroup} first.
 */
@NullMarked
package io.heliograph.engine.priority;

import org.jspecify.annotations.NullMarked;
