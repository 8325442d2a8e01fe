// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of all that crosses a process boundary: flyweights and framing checks, no I/O.
 *
 * <p>Called by {@code stream} and whatever else reads or writes packets; calls Agrona's buffers only. Flyweights have one
 * owner, static functions any thread. Read {@link io.heliograph.engine.wire.PacketFlyweight} first: it draws the stream
 * packet; {@link io.heliograph.engine.wire.ProbeFlyweight} draws a probe, {@link
 * io.heliograph.engine.wire.SubscribersFlyweight} what goes beside it. {@code engine/README.md} shows them as tables.
 */
@HotPath
@NullMarked
package io.heliograph.engine.wire;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
