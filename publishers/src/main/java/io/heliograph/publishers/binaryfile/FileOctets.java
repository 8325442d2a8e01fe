// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.binaryfile;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * The octets of a file in order, as they are or out of gzip, which its first two octets tell.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Failure:</b> {@link BinaryFileException}.
 */
final class FileOctets implements AutoCloseable {
    private static final int CHUNK_LENGTH = 1 << 16;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    private final Path file;
    private final FileChannel channel;
    private final @Nullable InputStream inflated;
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private final long fileLength;

    private FileOctets(Path file, FileChannel channel, @Nullable InputStream inflated) throws IOException {
        this.file = file;
        this.channel = channel;
        this.inflated = inflated;
        this.fileLength = channel.size();
    }

    static FileOctets open(Path file) {
        if (Files.isDirectory(file)) {
            throw new BinaryFileException(file, BinaryFileException.NOWHERE, "is a directory; name a file in it");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            ByteBuffer magic = ByteBuffer.allocate(2);
            int read = channel.read(magic, 0);
            boolean isGzip = read == 2 && (magic.get(0) & 0xFF) == GZIP_FIRST && (magic.get(1) & 0xFF) == GZIP_SECOND;
            return new FileOctets(file, channel, isGzip ? inflated(channel) : null);
        } catch (NoSuchFileException missing) {
            throw new BinaryFileException(file, BinaryFileException.NOWHERE, "no such file; check the path", missing);
        } catch (AccessDeniedException denied) {
            throw new BinaryFileException(
                    file, BinaryFileException.NOWHERE, "may not be read by this user; check its mode", denied);
        } catch (EOFException cut) {
            CloseHelper.quietClose(channel);
            throw new BinaryFileException(file, 0, "gzip is cut short in its header; get the file anew", cut);
        } catch (IOException failed) {
            CloseHelper.quietClose(channel);
            throw new BinaryFileException(
                    file, BinaryFileException.NOWHERE, "cannot be read: " + reason(failed), failed);
        }
    }

    /**
     * Reads on.
     *
     * @param buffer takes octets from its position on; has room.
     * @param position of the next octet in the content, for the words of a failure.
     * @return octets read; -1 at the end.
     */
    int read(ByteBuffer buffer, long position) {
        try {
            if (inflated == null) {
                return channel.read(buffer);
            }
            int read = inflated.read(chunk, 0, Math.min(buffer.remaining(), CHUNK_LENGTH));
            if (read > 0) {
                buffer.put(chunk, 0, read);
            }
            return read;
        } catch (EOFException cut) {
            throw new BinaryFileException(
                    file, position, "gzip is cut short after this octet of its content; get the file anew", cut);
        } catch (ZipException corrupt) {
            throw new BinaryFileException(
                    file,
                    position,
                    "gzip is corrupt after this octet of its content (" + reason(corrupt) + "); get the file anew",
                    corrupt);
        } catch (IOException failed) {
            throw new BinaryFileException(file, position, "cannot be read on: " + reason(failed), failed);
        }
    }

    /** Octets of the file read so far, compressed where it is gzip: for progress. */
    long consumed() {
        try {
            return channel.position();
        } catch (IOException closed) {
            return fileLength;
        }
    }

    long fileLength() {
        return fileLength;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(inflated, channel);
    }

    private static InputStream inflated(FileChannel channel) throws IOException {
        return new GZIPInputStream(Channels.newInputStream(channel), CHUNK_LENGTH);
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
