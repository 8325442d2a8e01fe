// SPDX-License-Identifier: Apache-2.0
/**
 * The rings in front of a publication: any number of feed threads, or of processes, hand their messages to the one thread
 * that publishes.
 *
 * <p>Within a process, feed threads call {@link io.heliograph.engine.intake.Intake} and the publishing thread runs {@link
 * io.heliograph.engine.intake.PublishingAgent}. Between processes, feeds call {@link
 * io.heliograph.engine.intake.IntakeWriter}, or write into the mapped file themselves ({@link
 * io.heliograph.engine.intake.RingLayout}), and the engine runs {@link io.heliograph.engine.intake.RingAgent} over an {@link
 * io.heliograph.engine.intake.IntakeRing}. Both agents call {@code stream}. Nothing is locked or lost: a ring that is full
 * says so to its feed, a publication that pushes back leaves the message where it is. Read {@code Intake} first.
 */
@NullMarked
package io.heliograph.engine.intake;

import org.jspecify.annotations.NullMarked;
