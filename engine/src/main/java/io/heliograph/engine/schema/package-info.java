// SPDX-License-Identifier: Apache-2.0
/**
 * The normalised market data schema: where publishers and subscribers meet.
 *
 * <p>The codecs in {@code schema.sbe} are generated from {@code src/main/sbe/market-data.xml}; here is what they need
 * around them: the checked walk over a body, prices, the key of a message. Feed handlers and books call in; this room
 * calls only Agrona. One thread owns a walker, the static classes belong to any. Read {@link
 * io.heliograph.engine.schema.SchemaWalker} first.
 *
 * <p>Specification of the encoding: FIX Simple Binary Encoding 1.0.
 */
@HotPath
@NullMarked
package io.heliograph.engine.schema;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
