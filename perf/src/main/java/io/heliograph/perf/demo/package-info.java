// SPDX-License-Identifier: Apache-2.0
/**
 * The main job on one machine: one publisher, lines A and B on loopback, a journal, four subscribers with books, of whom one joins
 * late and one is killed and comes back, and the proof that their books are right, at a rate that a rehearsal has shown to be held.
 *
 * <p>The role {@code demo} calls in; the room calls publishers, {@code Heliograph}, the journal, books and the naive second
 * implementation. A thread each for publisher, journal and subscribers, with an embedded driver of its own, but for the one that
 * is killed, which is a process; the main thread only looks at snapshots. Read {@link io.heliograph.perf.demo.DemoRun} first.
 */
@NullMarked
package io.heliograph.perf.demo;

import org.jspecify.annotations.NullMarked;
