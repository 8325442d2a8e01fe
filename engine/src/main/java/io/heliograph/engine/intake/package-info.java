// SPDX-License-Identifier: Apache-2.0
/**
 * The ring in front of a publication: any number of feed threads hand their messages to the one thread that publishes.
 *
 * <p>Feed threads call {@link io.heliograph.engine.intake.Intake}; the publishing thread runs {@link
 * io.heliograph.engine.intake.PublishingAgent}, which calls {@code stream}. Nothing is allocated, locked or lost: a ring
 * that is full says so to its feed, a publication that pushes back leaves the message where it is. Read {@code Intake}
 * first.
 */
@NullMarked
package io.heliograph.engine.intake;

import org.jspecify.annotations.NullMarked;
