// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readers of a server: who goes on where one of them stands need not seek.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the server.
 */
final class LogCursors implements AutoCloseable {
    /** Of a stream: so many who are at different places are read for without a seek. */
    private static final int MOST_OF_STREAM = 4;

    private final ReplayLibrary library;
    private final List<Reader> readers = new ArrayList<>();

    LogCursors(ReplayLibrary library) {
        this.library = library;
    }

    private record Reader(int stream, LogCursor cursor) {}

    /** A reader that stands at a place; null where there is no journal of the stream. */
    @Nullable
    LogCursor at(int stream, long epoch, long sequence) {
        Reader taken = null;
        int ofStream = 0;
        for (Reader reader : readers) {
            if (reader.stream == stream) {
                ofStream++;
                if (reader.cursor.isAt(epoch, sequence)) {
                    taken = reader;
                    break;
                }
            }
        }
        if (taken == null && ofStream < MOST_OF_STREAM) {
            ReplayLog log = library.open(stream);
            if (log == null) {
                return null;
            }
            taken = new Reader(stream, new LogCursor(log));
        } else if (taken == null) {
            taken = oldest(stream);
        }
        // The one that was used last stands last.
        readers.remove(taken);
        readers.add(taken);
        taken.cursor.at(epoch, sequence);
        return taken.cursor;
    }

    /** A reader of a stream, wherever it stands; null where there is no journal of it. */
    @Nullable
    LogCursor any(int stream) {
        for (Reader reader : readers) {
            if (reader.stream == stream) {
                return reader.cursor;
            }
        }
        ReplayLog log = library.open(stream);
        if (log == null) {
            return null;
        }
        Reader reader = new Reader(stream, new LogCursor(log));
        readers.add(0, reader);
        return reader.cursor;
    }

    private Reader oldest(int stream) {
        for (Reader reader : readers) {
            if (reader.stream == stream) {
                return reader;
            }
        }
        throw new IllegalStateException("no reader of stream " + stream);
    }

    @Override
    public void close() {
        readers.forEach(reader -> reader.cursor.log().close());
        readers.clear();
    }
}
