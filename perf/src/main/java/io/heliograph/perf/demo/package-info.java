// SPDX-License-Identifier: Apache-2.0
/**
 * The main job on one machine: two sites on loopback and a bridge of two paths between them; in the first one publisher, lines A and
 * B, two journals, four subscribers with books, of whom one joins late and one is killed and comes back; in the second a fifth; a path
 * that is cut and mended; and the proof that all books are right.
 *
 * <p>The role {@code demo} calls in; the room calls publishers, {@code Heliograph}, {@code Engine}, books and the naive second
 * implementation. Engines have threads of their own; publisher and subscribers have one each, with an embedded driver of its own, but
 * for the one that is killed, which is a process; the main thread only looks, and lets happen what is due. Read {@link
 * io.heliograph.perf.demo.DemoRun} first.
 */
@NullMarked
package io.heliograph.perf.demo;

import org.jspecify.annotations.NullMarked;
