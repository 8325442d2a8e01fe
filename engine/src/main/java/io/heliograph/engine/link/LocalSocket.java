// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix domain socket that listens: of mode 0600 before anybody can reach it, and gone when its server is.
 *
 * <p>The socket is bound in a directory of mode 0700 of its own, given its mode, and then renamed to where it is wanted, over
 * what a server that was killed has left there.
 *
 * <p><b>Thread:</b> one owner.
 */
final class LocalSocket implements AutoCloseable {
    /** What the kernel takes for a path, octets. */
    private static final int MAX_PATH = 107;

    private final Path path;
    private final Path directory;
    private boolean isPublished;

    private LocalSocket(Path path, Path directory) {
        this.path = path;
        this.directory = directory;
    }

    static LocalSocket prepare(Path path) {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null
                || !isFit(absolute)
                || !isFit(parent.resolve(".hg-9223372036854775807").resolve("s"))) {
            throw new LinkException(
                    "no path for a Unix domain socket: " + path + "; the kernel takes " + MAX_PATH + " octets", null);
        }
        try {
            Path own = Files.createTempDirectory(
                    parent, ".hg", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new LocalSocket(absolute, own);
        } catch (IOException failed) {
            throw new LinkException(
                    "cannot make a Unix domain socket in " + parent + ": " + failed.getMessage(), failed);
        }
    }

    /** Whether the kernel takes a path for a socket. */
    static boolean isFit(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
    }

    Path bindingPath() {
        return directory.resolve("s");
    }

    void publish() {
        try {
            Files.setPosixFilePermissions(bindingPath(), PosixFilePermissions.fromString("rw-------"));
            Files.move(bindingPath(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isPublished = true;
            Files.delete(directory);
        } catch (IOException failed) {
            throw new LinkException("cannot put a Unix domain socket at " + path + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        try {
            if (isPublished) {
                isPublished = false;
                Files.deleteIfExists(path);
            } else {
                Files.deleteIfExists(bindingPath());
                Files.deleteIfExists(directory);
            }
        } catch (IOException stays) {
            throw new LinkException("cannot remove " + path + ": " + stays.getMessage(), stays);
        }
    }

    /** Who it is when it is not this user; empty when it is, or when the transport does not say and the file's mode has to do. */
    static String stranger(Channel channel) {
        if (!(channel instanceof EpollDomainSocketChannel local)) {
            return "";
        }
        try {
            int uid = local.peerCredentials().uid();
            int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return uid == own || uid == 0 ? "" : "a process of user id " + uid + ", this node's is " + own;
        } catch (IOException unknown) {
            return "its user cannot be found out: " + unknown.getMessage();
        }
    }
}
