// SPDX-License-Identifier: Apache-2.0
/**
 * Full order books (L3) of all instruments of a stream, with level and best-bid-offer views.
 *
 * <p>Programs hand in message bodies of the normalised schema; the room calls {@code engine.schema} to walk them and
 * nothing else. One thread feeds the books and looks into them. All records lie off the heap: orders, levels, blocks of
 * sorted levels and books. Allocation happens at construction and when one of these has to double, which copies it (10 ms
 * for a million orders): say how many to expect and it never happens.
 *
 * <p>Read {@link io.heliograph.subscribers.book.Books} first, then {@link io.heliograph.subscribers.book.Ledger}.
 */
@HotPath
@NullMarked
package io.heliograph.subscribers.book;

import io.heliograph.engine.base.HotPath;
import org.jspecify.annotations.NullMarked;
