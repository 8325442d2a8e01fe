// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import io.heliograph.publishers.binaryfile.BinaryFileReader;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * The messages of a BinaryFILE.
 *
 * <p><b>Thread:</b> one owner: the thread that replays.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class FileSource implements FeedSource {
    private static final int WHOLE = 1000;

    private final Path file;
    private final BinaryFileReader reader;
    private long position;

    /**
     * Opens a file.
     *
     * @param file plain or gzip.
     */
    public FileSource(Path file) {
        this.file = file;
        this.reader = BinaryFileReader.open(file);
    }

    @Override
    public boolean next() {
        position = reader.position();
        return reader.next();
    }

    @Override
    public DirectBuffer buffer() {
        return reader.buffer();
    }

    @Override
    public int offset() {
        return reader.offset();
    }

    @Override
    public int length() {
        return reader.length();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public String place() {
        return "octet " + position;
    }

    @Override
    public int perMille() {
        return (int) (reader.consumed() * WHOLE / Math.max(1, reader.fileLength()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
