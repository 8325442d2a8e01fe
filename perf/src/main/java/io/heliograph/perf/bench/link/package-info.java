// SPDX-License-Identifier: Apache-2.0
/**
 * How much a link carries, and a replay over it, against what the same Netty moves without it: both ends in one process, over loopback, one thread each.
 *
 * <p>Called by {@code bench}'s scenario of that name; calls {@code engine.link}, {@code engine.recovery.remote}, and Netty itself for what it is compared with. Every class
 * says its threads. Read {@link io.heliograph.perf.bench.link.LinkTransfer} first.
 */
@NullMarked
package io.heliograph.perf.bench.link;

import org.jspecify.annotations.NullMarked;
