// SPDX-License-Identifier: Apache-2.0
/** The benchmark's own arithmetic, and that it runs on loopback from end to end. */
@NullMarked
package io.heliograph.perf.bench;

import org.jspecify.annotations.NullMarked;
