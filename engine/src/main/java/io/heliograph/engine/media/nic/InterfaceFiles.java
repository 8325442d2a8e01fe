// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;

/**
 * What the kernel says of one interface in {@code /sys/class/net/NAME}: {@code operstate}, {@code carrier}, {@code
 * carrier_changes}, by which a carrier that was away between two looks shows too, and {@code statistics/tx_bytes}.
 *
 * <p>{@code operstate} is read first, because {@code carrier} of an interface that is set down is an error and not a 0;
 * {@code carrier} too, because {@code operstate} follows a lost carrier up to a second later. {@code unknown} counts as up:
 * loopback and tunnels have no other.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> none while the interface is there and set up.
 */
final class InterfaceFiles implements AutoCloseable {
    private static final byte[] UP = "up".getBytes(US_ASCII);
    private static final byte[] UNKNOWN = "unknown".getBytes(US_ASCII);
    private static final byte[] ONE = "1".getBytes(US_ASCII);

    private final Path folder;
    private final KernelFile operational;
    private final KernelFile carrier;
    private final KernelFile changes;
    private final KernelFile sent;
    private long changesSeen = -1;

    InterfaceFiles(Path folder) {
        this.folder = folder;
        operational = new KernelFile(folder.resolve("operstate"));
        carrier = new KernelFile(folder.resolve("carrier"));
        changes = new KernelFile(folder.resolve("carrier_changes"));
        sent = new KernelFile(folder.resolve("statistics/tx_bytes"));
    }

    /** Whether this kernel has such files for the interface: no other than Linux does. */
    boolean isThere() {
        return Files.exists(folder.resolve("operstate"));
    }

    /** What they say now. */
    NicFault look() {
        boolean isOperational = operational.look() && (operational.isWord(UP) || operational.isWord(UNKNOWN));
        long before = changesSeen;
        changesSeen = changes.look() ? changes.number() : before;
        if (!isOperational) {
            boolean isUpWithoutCarrier = carrier.look() && !carrier.isWord(ONE);
            return isUpWithoutCarrier ? NicFault.CARRIER : NicFault.LINK;
        }
        boolean isBlip = before >= 0 && changesSeen != before;
        return isBlip || !carrier.look() || !carrier.isWord(ONE) ? NicFault.CARRIER : NicFault.NONE;
    }

    /** Bytes sent since the interface is there; -1 when the kernel does not say it. */
    long sentBytes() {
        return sent.look() ? sent.number() : -1;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(operational, carrier, changes, sent);
    }
}
