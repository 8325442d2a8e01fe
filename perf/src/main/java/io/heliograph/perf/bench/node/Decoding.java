// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.feed.FeedFile;
import io.heliograph.perf.bench.feed.HeliographReading;
import io.heliograph.perf.bench.feed.ItchReading;
import io.heliograph.perf.bench.feed.JunctureReading;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.SystemNanoClock;

/** Reads an ITCH file again and again with one decoder. <b>Thread:</b> the process's main thread. */
final class Decoding implements NodeWork {
    private final SystemNanoClock clock = SystemNanoClock.INSTANCE;
    private final ItchReading reading;
    private final ByteBuffer file;

    Decoding(ControlLine settings) {
        reading = settings.text("subject").equals("juncture") ? new JunctureReading() : new HeliographReading();
        file = FeedFile.map(Path.of(settings.text("file")));
    }

    @Override
    public ControlLine run(ControlLine settings, StopSignal stop) {
        long repeats = settings.number("repeats");
        long messages = 0;
        long startNs = clock.nanoTime();
        for (long i = 0; i < repeats; i++) {
            messages += reading.read(file);
        }
        long ns = clock.nanoTime() - startNs;
        return new ControlLine("done").with("messages", messages).with("ns", ns).with("checksum", reading.checksum());
    }

    @Override
    public void close() {
        file.clear();
    }
}
