// SPDX-License-Identifier: Apache-2.0
/**
 * How long a message takes that was lost on the only line and comes back out of a journal.
 *
 * <p>Called by {@code bench}'s scenario {@code lost}; calls {@code engine} and {@code bench.site}. Read {@link
 * io.heliograph.perf.bench.recovery.LostPacket} first.
 */
@NullMarked
package io.heliograph.perf.bench.recovery;

import org.jspecify.annotations.NullMarked;
