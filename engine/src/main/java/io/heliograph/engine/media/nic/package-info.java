// SPDX-License-Identifier: Apache-2.0
/**
 * The health of a host's NICs: what the kernel says of them, what the other engines of the site hear on them, what follows
 * from both, and the counters in which every process of the host reads it without a call.
 *
 * <p>Called by the root ({@code Engine} runs the monitor; publishers hold a {@link io.heliograph.engine.media.nic.NicHealth});
 * calls {@code base}, {@code wire}, {@code media}, {@code config} and Aeron. What decides ({@code NicWatch}, {@code
 * PathBoard}) knows no file, socket or clock; what reads and sends is thin. One thread owns a monitor, any thread has its
 * own {@code NicHealth}. Read {@link io.heliograph.engine.media.nic.NicState} first, then {@code NicWatch}.
 */
@NullMarked
package io.heliograph.engine.media.nic;

import org.jspecify.annotations.NullMarked;
