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
    private static final byte[] DOWN = "down".getBytes(US_ASCII);
    private static final byte[] LOWER_LAYER_DOWN = "lowerlayerdown".getBytes(US_ASCII);
    private static final long FLAG_UP = 1;
    private static final byte[] ONE = "1".getBytes(US_ASCII);

    private final Path folder;
    private final KernelFile operational;
    private final KernelFile carrier;
    private final KernelFile changes;
    private final KernelFile flags;
    private final KernelFile sent;
    private long changesSeen = -1;
    private boolean isCarrierKnown;

    InterfaceFiles(Path folder) {
        this.folder = folder;
        operational = new KernelFile(folder.resolve("operstate"));
        carrier = new KernelFile(folder.resolve("carrier"));
        changes = new KernelFile(folder.resolve("carrier_changes"));
        flags = new KernelFile(folder.resolve("flags"));
        sent = new KernelFile(folder.resolve("statistics/tx_bytes"));
    }

    /** Whether this kernel has such files for the interface: no other than Linux does. */
    boolean isThere() {
        return Files.exists(folder.resolve("operstate"));
    }

    /**
     * What they say now.
     *
     * <p>The kernel answers for {@code carrier} only when nobody changes any interface, which for one that is being removed takes
     * a tenth of a second and more; so it is read only after {@code carrier_changes}, for which it does not wait, has moved.
     */
    NicFault look() {
        boolean isOperational = operational.look() && (operational.isWord(UP) || operational.isWord(UNKNOWN));
        long before = changesSeen;
        boolean hasChanges = changes.look();
        changesSeen = hasChanges ? changes.number() : before;
        boolean isBlip = before >= 0 && changesSeen != before;
        isCarrierKnown &= isOperational && hasChanges && !isBlip;
        if (!isOperational) {
            return isWithoutCarrier() ? NicFault.CARRIER : NicFault.LINK;
        }
        if (isBlip) {
            return NicFault.CARRIER;
        }
        isCarrierKnown = isCarrierKnown || (carrier.look() && carrier.isWord(ONE));
        return isCarrierKnown ? NicFault.NONE : NicFault.CARRIER;
    }

    /** Of an interface that is not operational: whether it is set up all the same. */
    private boolean isWithoutCarrier() {
        boolean isLower = operational.isWord(DOWN) || operational.isWord(LOWER_LAYER_DOWN);
        return isLower && flags.look() && (flags.hexadecimal() & FLAG_UP) != 0;
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
