// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.feed.BookFeed;
import io.heliograph.perf.bench.feed.FeedFile;
import java.nio.file.Path;

/** Builds the books of a day: ITCH, normalised, booked, on one thread. <b>Thread:</b> the process's main thread. */
final class Booking implements NodeWork {
    private final BookFeed feed;

    Booking(ControlLine settings) {
        feed = new BookFeed(FeedFile.map(Path.of(settings.text("file"))), (int) settings.number("symbols"), (int)
                settings.number("orders"));
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        return feed.run(settings.number("fill"));
    }

    @Override
    public void close() {
        feed.close();
    }
}
