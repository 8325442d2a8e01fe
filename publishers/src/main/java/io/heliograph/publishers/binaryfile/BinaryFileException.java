// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.binaryfile;

import java.nio.file.Path;

/**
 * A file that cannot be read or written on: its message is one line with the file, the octet, and what is wrong.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class BinaryFileException extends RuntimeException {
    /** The place of mistakes that concern the file as a whole. */
    static final long NOWHERE = -1;

    BinaryFileException(Path file, long position, String what) {
        super(position == NOWHERE ? file + ": " + what : file + ": octet " + position + ": " + what);
    }

    BinaryFileException(Path file, long position, String what, Throwable cause) {
        this(file, position, what);
        initCause(cause);
    }
}
