// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.binaryfile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes messages into a BinaryFILE, plain, or gzip where the file's name ends in {@code .gz}.
 *
 * <p>No end-of-session mark is written: readers that do not know it would take it for an empty message.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link BinaryFileException}: the file cannot be made, the disk is full.
 */
public final class BinaryFileWriter implements AutoCloseable {
    private static final int BUFFER_LENGTH = 1 << 18;
    private static final int MAX_RECORD_LENGTH = Short.BYTES + 0xFFFF;

    private final Path file;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private final UnsafeBuffer view = new UnsafeBuffer(buffer);
    private int at;
    private long written;

    private BinaryFileWriter(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Makes a file; one that exists is written over.
     *
     * @param file gzip when its name ends in {@code .gz}.
     * @return a writer.
     */
    public static BinaryFileWriter create(Path file) {
        try {
            OutputStream plain = Files.newOutputStream(file);
            boolean isGzip = file.toString().endsWith(".gz");
            return new BinaryFileWriter(file, isGzip ? new GZIPOutputStream(plain, BUFFER_LENGTH) : plain);
        } catch (IOException failed) {
            throw new BinaryFileException(
                    file, BinaryFileException.NOWHERE, "cannot be made: " + failed + "; check folder and mode", failed);
        }
    }

    /**
     * Writes a message behind its length.
     *
     * @param message holds it.
     * @param offset where it begins.
     * @param length in octets, 1 to 65,535.
     */
    public void append(DirectBuffer message, int offset, int length) {
        check(length);
        message.getBytes(offset, buffer, claim(), length);
        commit(length);
    }

    /**
     * What the next message can be written into where it is made, instead of being copied by {@link #append}.
     *
     * @return the same buffer always; written to only between {@link #claim} and {@link #commit}.
     */
    public MutableDirectBuffer buffer() {
        return view;
    }

    /**
     * Finds a place for the next message, whatever its length will be. One that is not committed is claimed again.
     *
     * @return where the message begins in {@link #buffer}; 65,535 octets from there on are free.
     */
    public int claim() {
        if (BUFFER_LENGTH - at < MAX_RECORD_LENGTH) {
            drain();
        }
        return at + Short.BYTES;
    }

    /**
     * Puts the length ahead of the message that stands where {@link #claim} said: it is part of the file.
     *
     * @param length in octets, 1 to 65,535.
     */
    public void commit(int length) {
        check(length);
        view.putShort(at, (short) length, ByteOrder.BIG_ENDIAN);
        at += Short.BYTES + length;
    }

    /**
     * What was written, before compression.
     *
     * @return octets.
     */
    public long length() {
        return written + at;
    }

    @Override
    public void close() {
        try (OutputStream closing = out) {
            closing.write(buffer, 0, at);
            written += at;
            at = 0;
        } catch (IOException failed) {
            throw new BinaryFileException(file, length(), "cannot be written to its end: " + failed, failed);
        }
    }

    private static void check(int length) {
        if (length < 1 || length > 0xFFFF) {
            throw new IllegalArgumentException("message length " + length + " is out of range: 1 to 65535");
        }
    }

    private void drain() {
        try {
            out.write(buffer, 0, at);
            written += at;
            at = 0;
        } catch (IOException failed) {
            throw new BinaryFileException(
                    file, written, "cannot be written on: " + failed + "; is the disk full?", failed);
        }
    }
}
