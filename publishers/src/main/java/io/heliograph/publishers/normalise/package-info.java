// SPDX-License-Identifier: Apache-2.0
/**
 * From a venue's messages to the normalised schema: one message in, one body out, always.
 *
 * <p>Called by the {@code publish} role and by benchmarks; calls the venue's decoder and the generated encoders of
 * {@code engine.schema}. One thread owns a normaliser. What a body says depends on the message and the trading day
 * alone, never on clocks or on what came before, so that two publishers of one feed make the same bytes. Read {@link
 * io.heliograph.publishers.normalise.ItchNormaliser} first.
 */
@HotPath
@NullMarked
package io.heliograph.publishers.normalise;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
