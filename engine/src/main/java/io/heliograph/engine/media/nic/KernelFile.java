// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * One of the kernel's small files about an interface, kept open: a look is one system call, and the kernel writes the text
 * anew for each that begins at its start.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none for a look that succeeds.
 */
final class KernelFile implements AutoCloseable {
    private static final int TEXT_LENGTH = 64;

    private final Path path;
    private final ByteBuffer text = ByteBuffer.allocateDirect(TEXT_LENGTH);
    private @Nullable FileChannel channel;

    KernelFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the text.
     *
     * @return false when the kernel has none: no such interface (any more), or it is set down. Then the file is opened anew
     *     at the next look.
     */
    boolean look() {
        text.clear();
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(path, StandardOpenOption.READ);
                channel = open;
            }
            return open.read(text, 0) > 0;
        } catch (IOException notThere) {
            text.clear();
            close();
            return false;
        }
    }

    /** Whether the text of the last look begins with a word. */
    boolean isWord(byte[] word) {
        if (text.position() < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text.get(i) != word[i]) {
                return false;
            }
        }
        return text.position() == word.length || text.get(word.length) == '\n';
    }

    /** The decimal number of the last look; 0 when it was none. */
    long number() {
        long number = 0;
        for (int i = 0; i < text.position() && text.get(i) >= '0' && text.get(i) <= '9'; i++) {
            number = 10 * number + text.get(i) - '0';
        }
        return number;
    }

    /** The number of the last look, behind 0x; 0 when it was none. */
    long hexadecimal() {
        long number = 0;
        for (int i = 2; i < text.position() && Character.digit(text.get(i), 16) >= 0; i++) {
            number = 16 * number + Character.digit(text.get(i), 16);
        }
        return number;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
        channel = null;
    }
}
