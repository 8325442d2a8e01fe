// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the order books: behaviour, a comparison with a naive model, layout, allocation.
 *
 * <p>Nothing calls in but the test runner. One thread. Read {@link io.heliograph.subscribers.book.BooksPropertyTest} first.
 */
@NullMarked
package io.heliograph.subscribers.book;

import org.jspecify.annotations.NullMarked;
