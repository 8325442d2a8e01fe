// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.naive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads a BinaryFILE, plain or gzip: two octets of length, high octet first, and a message, until the end.
 *
 * <p><b>Thread:</b> any thread.
 *
 * <p><b>Failure:</b> {@link IOException} that names file and offset, where a message is cut short.
 */
public final class NaiveFile {
    private static final int BUFFER_LENGTH = 1 << 20;
    private static final int GZIP_MAGIC = 0x1F8B;

    private NaiveFile() {}

    /**
     * Reads all messages.
     *
     * @param path of the file.
     * @param handler takes each message, an array of its own.
     * @throws IOException when the file cannot be read, or ends within a message.
     */
    public static void read(Path path, Consumer<byte[]> handler) throws IOException {
        read(path, Long.MAX_VALUE, handler);
    }

    /**
     * Reads the first messages.
     *
     * @param path of the file.
     * @param atMost so many.
     * @param handler takes each message, an array of its own.
     * @throws IOException when the file cannot be read, or ends within a message.
     */
    public static void read(Path path, long atMost, Consumer<byte[]> handler) throws IOException {
        long offset = 0;
        try (DataInputStream in = open(path)) {
            for (long i = 0; i < atMost; i++) {
                int high = in.read();
                if (high < 0) {
                    return;
                }
                byte[] message = new byte[high << 8 | in.readUnsignedByte()];
                in.readFully(message);
                if (message.length == 0) {
                    return;
                }
                handler.accept(message);
                offset += 2 + message.length;
            }
        } catch (EOFException cut) {
            throw new IOException(path + ": the message at offset " + offset + " is cut short", cut);
        }
    }

    /**
     * Why a file could not be read.
     *
     * @param path of the file.
     * @param failure that reading it threw.
     * @return one line.
     */
    public static String describe(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return path + ": no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return path + ": permission denied";
        }
        if (Files.isDirectory(path)) {
            return path + ": is a directory, not a file of ITCH messages";
        }
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(path.toString()) ? message : path + ": " + message;
    }

    private static DataInputStream open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_LENGTH);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return new DataInputStream(magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in)) : in);
    }
}
