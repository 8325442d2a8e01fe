// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.media.nic.NicTimes;

/**
 * What whoever starts an engine may choose beyond the topology.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param nicTimes how fast the state of a NIC follows what is seen of it.
 */
public record EngineOptions(NicTimes nicTimes) {
    /** What suits most. */
    public static final EngineOptions DEFAULT = new EngineOptions(NicTimes.DEFAULT);
}
