// SPDX-License-Identifier: Apache-2.0
/**
 * The launcher and the engine's own roles. Other modules register theirs by {@code ServiceLoader}.
 *
 * <p>Nobody calls in but the shell; it calls every room. One main thread. Read {@link io.heliograph.engine.cli.Command}
 * first.
 */
@NullMarked
package io.heliograph.engine.cli;

import org.jspecify.annotations.NullMarked;
