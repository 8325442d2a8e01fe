// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured: Heliograph, and bare Aeron as the line to measure it against, behind one small interface.
 *
 * <p>Called by {@code node}; calls Heliograph and Aeron. One owner: the thread that works. A process opens one kind only,
 * so that the calls through the interface cost nothing. Read {@link io.heliograph.perf.bench.subject.Sender} first.
 */
@NullMarked
package io.heliograph.perf.bench.subject;

import org.jspecify.annotations.NullMarked;
