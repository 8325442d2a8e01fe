// SPDX-License-Identifier: Apache-2.0
/**
 * Streams: publication, packet building, subscription, arbitration of lines, gaps, quality.
 *
 * <p>Called by programs through {@code Heliograph}; calls {@code wire} and, in the classes that name a line's transport,
 * Aeron. One thread owns a publication or a subscription. Read {@link io.heliograph.engine.stream.StreamSubscription} and
 * {@link io.heliograph.engine.stream.StreamPublication} first.
 */
@HotPath
@NullMarked
package io.heliograph.engine.stream;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
