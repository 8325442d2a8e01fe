// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the role {@code subscribe}: wrong calls, and a stream from end to end over loopback.
 *
 * <p>Nothing calls in but the test runner. Read {@link io.heliograph.subscribers.cli.SubscribeIT} first.
 */
@NullMarked
package io.heliograph.subscribers.cli;

import org.jspecify.annotations.NullMarked;
