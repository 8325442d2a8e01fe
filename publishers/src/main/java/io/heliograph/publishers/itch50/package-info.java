// SPDX-License-Identifier: Apache-2.0
/**
 * NASDAQ TotalView-ITCH 5.0: every message type, read where it lies.
 *
 * <p>Called by the normaliser and by whoever wants the venue's own fields; calls only Agrona's buffers. One thread owns
 * a decoder. A field is read when it is asked for, and never before the message's length was checked against its type.
 * Read {@link io.heliograph.publishers.itch50.Itch50Decoder} first.
 *
 * <p>Specification: Nasdaq TotalView-ITCH 5.0, "Message Formats"; section numbers are those of its fourth chapter.
 */
@HotPath
@NullMarked
package io.heliograph.publishers.itch50;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
