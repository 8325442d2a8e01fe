// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.subscribers.book.Books;

/**
 * What a subscriber has when all is over.
 *
 * <p><b>Thread:</b> the main thread, once the subscriber has ended.
 *
 * @param name of it.
 * @param seen of the stream.
 * @param books that it has built.
 * @param changes of best prices that it has seen.
 * @param latency of what came by lines.
 * @param story what happened to it, in words; empty where nothing did.
 */
record SubscriberEnd(
        String name, SubscriberSnapshot seen, Books books, ChangeLog changes, LatencySummary latency, String story) {}
