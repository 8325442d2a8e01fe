// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes this process the one engine of a host: a second one is refused for as long as this one lives, however it dies.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class EngineClaim implements AutoCloseable {
    private final DirectoryLock lock;

    private EngineClaim(DirectoryLock lock) {
        this.lock = lock;
    }

    /**
     * Claims a host.
     *
     * @param directory of the host's driver, which stands for the host.
     * @return to be closed when the engine ends.
     * @throws DriverException when another engine has it: names its process and says what to do.
     */
    public static EngineClaim take(Path directory) {
        Path file = DriverDirectories.engineLock(directory);
        return new EngineClaim(DirectoryLock.take(file).orElseThrow(() -> refusal(directory, file)));
    }

    @Override
    public void close() {
        lock.close();
    }

    private static DriverException refusal(Path directory, Path file) {
        Optional<DirectoryLock.Holder> holder = DirectoryLock.holder(file);
        String who = holder.map(Object::toString).orElse("that just ended");
        String how = holder.filter(held -> held.pid() != DirectoryLock.Holder.NOBODY)
                .map(held -> " (kill " + held.pid() + ")")
                .orElse("");
        return new DriverException("another engine (" + who + ") holds the media driver of " + directory + "; end it"
                + how + ", or give this machine a host of its own in the topology");
    }
}
