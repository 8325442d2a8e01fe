// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

/**
 * How a subscription recovers.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream id.
 * @param budgetNs how long a gap may stay open.
 * @param patienceNs how long one who joins tries without coming on, before what he waits for is said to be lost.
 */
public record RecoveryContext(int stream, long budgetNs, long patienceNs) {}
