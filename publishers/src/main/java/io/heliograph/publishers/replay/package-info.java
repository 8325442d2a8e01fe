// SPDX-License-Identifier: Apache-2.0
/**
 * When a recorded or generated day is sent: sources of messages, their day, and the pace of their replay.
 *
 * <p>Called by {@code cli} and the demo; calls {@code binaryfile} and {@code generate}. One thread owns a source and its
 * pacer. Pacing is a state machine: it is told the time and says what is due, it neither reads a clock nor waits. Read
 * {@link io.heliograph.publishers.replay.Pacer} and {@link io.heliograph.publishers.replay.FeedSource} first.
 */
@NullMarked
package io.heliograph.publishers.replay;

import org.jspecify.annotations.NullMarked;
