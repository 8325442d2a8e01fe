// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

/**
 * The counters that an engine shows of its host's NICs, and of who hears the lines on them.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum NicDescriptor implements CounterDescriptor {
    /** 0 unknown, 1 up, 2 suspect, 3 down (state). */
    NIC_STATE(2200, "NIC state", "state", "0 unknown, 1 up, 2 suspect, 3 down"),
    /** What speaks against it: 0 nothing, 1 no address, 2 link, 3 carrier, 4 sending, 5 peers (cause). */
    NIC_CAUSE(
            2201,
            "NIC cause",
            "cause",
            "what speaks against it: 0 nothing, 1 no address, 2 link, 3 carrier, 4 sending, 5 peers"),
    /** It went down since the engine was started (times). */
    NIC_DOWNS(2202, "NIC downs", "times", "it went down since the engine was started"),
    /** It became suspect since the engine was started (times). */
    NIC_SUSPICIONS(2203, "NIC suspicions", "times", "it became suspect since the engine was started"),
    /** That are heard on it and hear this host on it (hosts). */
    NIC_PEERS(2204, "NIC peers", "hosts", "that are heard on it and hear this host on it"),
    /** That are heard, or hear this host, on another NIC and not on it (hosts). */
    NIC_PEERS_CUT(
            2205, "NIC peers cut off", "hosts", "that are heard, or hear this host, on another NIC and not on it"),
    /** That came to the probes' group and were no probes of peers on this NIC (datagrams). */
    NIC_PROBES_REFUSED(
            2206,
            "NIC probes refused",
            "datagrams",
            "that came to the probes' group and were no probes of peers on this NIC"),
    /** Until then a NIC that is down is known to have carried everything (ns of the host's monotonic clock). */
    NIC_GOOD_UNTIL(
            2207,
            "NIC good until",
            "ns",
            "of the host's monotonic clock: until then a NIC that is down is known to have carried everything"),
    /** That lines on it had to be joined: at the start, and after each fault that was over (times). */
    NIC_JOINS(
            2208,
            "NIC joins",
            "times",
            "that lines on it had to be joined: at the start, and after each fault that was over"),
    /** That it sent in the last second, of everything (bytes per second); -1 where the kernel does not say it. */
    NIC_SENT(
            2209,
            "NIC sent",
            "bytes/s",
            "that it sent in the last second, of everything; -1 where the kernel does not say it"),
    /** 1 while the kernel speaks against it (address, link, carrier) and until that was over for 100 ms; else 0 (state). */
    NIC_GONE(
            2210,
            "NIC gone",
            "state",
            "1 while the kernel speaks against it (address, link, carrier) and until that was over for 100 ms; else 0"),
    /** Of all hosts of the site that have chosen the line (subscriptions); with join="least-populated" only. */
    LINE_SUBSCRIBERS(
            2220,
            "line subscribers",
            "subscriptions",
            "of all hosts of the site that have chosen the line, by what their engines stated in the last second; with join=\"least-populated\" only");

    @SuppressWarnings("ImmutableEnumChecker") // A record of a number and strings.
    private final Entry entry;

    NicDescriptor(int typeId, String label, String unit, String sentence) {
        this.entry = new Entry(typeId, label, unit, sentence);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
