// SPDX-License-Identifier: Apache-2.0
/**
 * Recovery between hosts: the services by which engines answer each other, and their own host's processes, from their journals.
 *
 * <p>{@link io.heliograph.engine.recovery.remote.ReplayService} puts a replay server behind an engine's links, on a thread beside
 * them; {@link io.heliograph.engine.recovery.remote.FetchService} asks other hosts' for the processes of its own; {@link
 * io.heliograph.engine.recovery.remote.LinkSource} is the asking end. The root calls in; it calls the links. Nothing here reads a
 * disk on the links' thread, and nothing grows that a slow peer does not take. Read ReplayService first.
 */
@NullMarked
package io.heliograph.engine.recovery.remote;

import org.jspecify.annotations.NullMarked;
