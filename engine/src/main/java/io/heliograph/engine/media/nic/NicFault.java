// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * What speaks against a NIC.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum NicFault {
    /** Nothing. */
    NONE(0, false, "healthy"),
    /** No interface of the host has the topology's address: it was removed, or the adapter is gone. */
    ADDRESS(1, true, "no interface has this address"),
    /** The interface is set down, or the kernel calls it not operational. */
    LINK(2, true, "the interface is not operational"),
    /** No carrier: cable, transceiver or the switch's port. Also when it was away between two looks. */
    CARRIER(3, true, "carrier lost"),
    /** The kernel refuses to send on it. */
    SEND(4, false, "sending fails"),
    /** Peers are heard, or hear this host, on another NIC and not on this one. */
    PEERS(5, false, "no peer is connected both ways here, though on another NIC");

    private final long code;
    private final boolean isCertain;
    private final String words;

    NicFault(long code, boolean isCertain, String words) {
        this.code = code;
        this.isCertain = isCertain;
        this.words = words;
    }

    /**
     * Whether it is proof by itself: the NIC is down at once.
     *
     * @return false for what has to stand for a while.
     */
    public boolean isCertain() {
        return isCertain;
    }

    /**
     * The counter's value.
     *
     * @return 0 none, 1 address, 2 link, 3 carrier, 4 send, 5 peers.
     */
    public long code() {
        return code;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
