// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench;

import io.heliograph.perf.bench.control.ControlLine;

/**
 * What both ends measured in one round.
 *
 * <p><b>Thread:</b> one owner.
 *
 * @param sent the sending end's answer.
 * @param received the receiving end's answer.
 */
record Reading(ControlLine sent, ControlLine received) {}
