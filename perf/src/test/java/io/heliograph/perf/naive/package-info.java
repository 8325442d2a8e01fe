// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the naive books, and of the real path against the same truth.
 *
 * <p>Nothing calls in but the test runner. Read {@link io.heliograph.perf.naive.Truth} first.
 */
@NullMarked
package io.heliograph.perf.naive;

import org.jspecify.annotations.NullMarked;
