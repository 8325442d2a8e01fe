// SPDX-License-Identifier: Apache-2.0
/** The benchmarks run, and what they measure allocates nothing. */
@NullMarked
package io.heliograph.perf.jmh;

import org.jspecify.annotations.NullMarked;
