// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A machine as its files tell of it: {@code /proc} and {@code /sys}, or a tree that looks like them.
 *
 * <p><b>Thread:</b> immutable; what it reads may change between two reads.
 *
 * <p><b>Failure:</b> what cannot be read is absent: in a container, and elsewhere than on Linux, that is usual.
 */
public final class Machine {
    /** Far more than any file that a check reads is long. */
    private static final int LIMIT = 1 << 16;

    private final Path root;

    /**
     * A machine.
     *
     * @param root that paths begin at: {@code /} for the machine that this process runs on.
     */
    public Machine(Path root) {
        this.root = root;
    }

    /**
     * A file's text. It is read in one piece: many files of the kernel's have no size, and some give nothing to a second read
     * (the JDK's own methods read one byte first where the size is 0).
     *
     * @param path absolute.
     * @return without blanks around it, as most such files hold one word; at most {@value #LIMIT} bytes; empty when it cannot
     *     be read.
     */
    Optional<String> text(String path) {
        byte[] bytes = new byte[LIMIT];
        try (InputStream file = Files.newInputStream(at(path))) {
            int length = file.readNBytes(bytes, 0, LIMIT);
            return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8).trim());
        } catch (IOException absent) {
            // No such file, no right to read it, or a kernel that answers with an error instead of a text.
            return Optional.empty();
        }
    }

    /**
     * A file that holds a whole number.
     *
     * @param path absolute.
     * @return empty when it cannot be read or holds something else.
     */
    OptionalLong number(String path) {
        Optional<String> text = text(path);
        return text.isPresent() ? Numbers.parse(text.get()) : OptionalLong.empty();
    }

    /**
     * What a directory holds.
     *
     * @param path absolute.
     * @return names in their order; none when it cannot be read.
     */
    List<String> names(String path) {
        try (Stream<Path> entries = Files.list(at(path))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException absent) {
            // The same cases as with a file.
            return List.of();
        }
    }

    boolean isDirectory(String path) {
        return Files.isDirectory(at(path));
    }

    /**
     * Where a symbolic link leads.
     *
     * @param path absolute.
     * @return the last name of its target; empty when it is none.
     */
    Optional<String> target(String path) {
        try {
            return Optional.ofNullable(Files.readSymbolicLink(at(path)).getFileName())
                    .map(Path::toString);
        } catch (IOException | UnsupportedOperationException none) {
            // Neither a link nor readable: both mean that the kernel has nothing to say there.
            return Optional.empty();
        }
    }

    /**
     * What this user may still write.
     *
     * @param path absolute; of a directory.
     * @return bytes; empty when there is no such directory.
     */
    OptionalLong roomBytes(String path) {
        try {
            return OptionalLong.of(Files.getFileStore(at(path)).getUsableSpace());
        } catch (IOException absent) {
            // There is no such directory.
            return OptionalLong.empty();
        }
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
