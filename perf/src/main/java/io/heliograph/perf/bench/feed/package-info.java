// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of one thread and no network: reading ITCH, and ITCH to books.
 *
 * <p>Called by {@code node}; calls the publishers' and the subscribers' rooms, and the decoder that ours is measured against.
 * One owner. Read {@link io.heliograph.perf.bench.feed.FeedFile} first.
 */
@NullMarked
package io.heliograph.perf.bench.feed;

import org.jspecify.annotations.NullMarked;
