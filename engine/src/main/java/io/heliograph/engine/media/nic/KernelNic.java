// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import io.heliograph.config.NicAddress;
import io.heliograph.config.net.Ipv4;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of one NIC: whether an interface has its address, and whether that interface works. It is found by
 * its address, anew ten times a second and as soon as it is gone, so it may be unplugged, come back, and be called otherwise
 * then.
 *
 * <p>Addresses of loopback are all the loopback interface's, which needs only the first of them.
 *
 * <p><b>Thread:</b> one owner.
 *
 * <p><b>Allocation:</b> some hundred octets at each search for the address; none at the looks between.
 *
 * <p><b>Failure:</b> what cannot be read is a fault of the NIC; a search that fails is told and leaves what was known.
 */
@SuppressWarnings("ReferenceEquality") // Another interface's files are another object.
final class KernelNic implements AutoCloseable {
    /** How often the address is looked for: the kernel is asked for all interfaces. */
    static final long SEARCH_INTERVAL_NS = 100_000_000L;

    private static final Path INTERFACES = Path.of("/sys/class/net");

    private final NicAddress nic;
    private final InetAddress address;
    private final ErrorHandler errorHandler;
    private @Nullable NetworkInterface found;
    private @Nullable InterfaceFiles files;
    private final SentRate sent = new SentRate();
    private boolean isUpByJdk;
    private boolean isFaulty;
    private long searchAtNs;

    /**
     * @param nic its address in the topology.
     * @param nowNs the time.
     * @param errorHandler told when the system cannot be asked.
     */
    KernelNic(NicAddress nic, long nowNs, ErrorHandler errorHandler) {
        this.nic = nic;
        this.address = nic.isLoopback() ? InetAddress.getLoopbackAddress() : Ipv4.address(Ipv4.bits(nic.address()));
        this.errorHandler = errorHandler;
        this.searchAtNs = nowNs;
    }

    /**
     * Looks. What is found at once is told at once: the kernel is not asked for all interfaces before, which it may answer only
     * when the one at hand is gone for good.
     *
     * @param nowNs the time.
     * @return what speaks against the NIC; a fault for one look also when it became another interface.
     */
    NicFault look(long nowNs) {
        InterfaceFiles open = files;
        NicFault fault = open == null ? NicFault.NONE : open.look();
        boolean isNews = fault != NicFault.NONE && !isFaulty;
        isFaulty = fault != NicFault.NONE;
        if (isNews) {
            return fault;
        }
        if (open != null && fault == NicFault.LINK && !open.isThere()) {
            searchAtNs = nowNs;
        }
        boolean isAnother = nowNs - searchAtNs >= 0 && search(nowNs);
        if (found == null || isAnother) {
            return NicFault.ADDRESS;
        }
        InterfaceFiles now = files;
        if (now == null) {
            return isUpByJdk ? NicFault.NONE : NicFault.LINK;
        }
        if (sent.isDue(nowNs)) {
            sent.onLook(nowNs, now.sentBytes());
        }
        return now == open ? fault : now.look();
    }

    /** What it has sent in the last second, bytes; -1 where the kernel does not say it. */
    long sentPerSecond() {
        return files == null ? -1 : sent.perSecond();
    }

    /** The interface that has the address; null when none has. */
    @Nullable
    NetworkInterface networkInterface() {
        return found;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(files);
        files = null;
    }

    private boolean search(long nowNs) {
        searchAtNs = nowNs + SEARCH_INTERVAL_NS;
        try {
            NetworkInterface before = found;
            NetworkInterface now = NetworkInterface.getByInetAddress(address);
            boolean isAnother = before != null && now != null && !isSame(before, now);
            if (now == null || before == null || isAnother) {
                close();
                InterfaceFiles opened = now == null ? null : new InterfaceFiles(INTERFACES.resolve(now.getName()));
                files = opened == null || !opened.isThere() ? null : opened;
            }
            found = now;
            isUpByJdk = now != null && now.isUp();
            return isAnother;
        } catch (IOException failed) {
            errorHandler.onError(new IOException("cannot look for " + nic + ": " + failed.getMessage(), failed));
            return false;
        }
    }

    private static boolean isSame(NetworkInterface one, NetworkInterface other) {
        return one.getIndex() == other.getIndex() && one.getName().equals(other.getName());
    }
}
