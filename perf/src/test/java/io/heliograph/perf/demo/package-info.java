// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the demo: its parts, and small demos from end to end over loopback.
 *
 * <p>Nothing calls in but the test runner. Read {@link io.heliograph.perf.demo.DemoSystemTest} first.
 */
@NullMarked
package io.heliograph.perf.demo;

import org.jspecify.annotations.NullMarked;
