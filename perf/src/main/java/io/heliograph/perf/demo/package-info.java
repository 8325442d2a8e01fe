// SPDX-License-Identifier: Apache-2.0
/**
 * The main job on one machine: one publisher, lines A and B on loopback, two subscribers with books, and the proof that
 * their books are right, at a rate that a rehearsal has shown to be held.
 *
 * <p>The role {@code demo} calls in; the room calls publishers, {@code Heliograph}, books and the naive second
 * implementation. Four threads: the publisher's and each subscriber's with an embedded driver of its own, and the main
 * thread, which only looks at snapshots. Read {@link io.heliograph.perf.demo.DemoRun} first.
 */
@NullMarked
package io.heliograph.perf.demo;

import org.jspecify.annotations.NullMarked;
