// SPDX-License-Identifier: Apache-2.0
/**
 * The roles that see both ends: {@code demo} and {@code bench}.
 *
 * <p>Found by the launcher through {@code ServiceLoader}; calls {@code perf}'s own rooms. The main thread. Read {@link
 * io.heliograph.perf.cli.DemoCommand} first.
 */
@NullMarked
package io.heliograph.perf.cli;

import org.jspecify.annotations.NullMarked;
