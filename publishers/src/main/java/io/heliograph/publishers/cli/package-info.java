// SPDX-License-Identifier: Apache-2.0
/**
 * The roles {@code publish} and {@code generate}: sources in, a stream or a file out.
 *
 * <p>The launcher calls in, through {@code ServiceLoader}; this room calls every other of this module, and the engine.
 * One main thread; several sources have a feed thread each in front of an {@code Intake}. Read {@link
 * io.heliograph.publishers.cli.PublishRole} first.
 */
@NullMarked
package io.heliograph.publishers.cli;

import org.jspecify.annotations.NullMarked;
