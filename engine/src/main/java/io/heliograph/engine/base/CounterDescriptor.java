// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A counter of the catalogue: every number that a publication, a subscription or an engine shows in its driver's counters file, where
 * Aeron's own tools ({@code AeronStat}) and other processes read it without a call. Each part that counts has an enum of its own.
 *
 * <p>A label is {@code heliograph: NAME, stream STREAM} and, for a line's, {@code , line LINE} behind it; a NIC's is
 * {@code heliograph: NAME, host HOST, NIC NIC}, a bridge's {@code heliograph: NAME, host HOST, bridge BRIDGE} and what of it.
 *
 * <p><b>Thread:</b> immutable. A counter has a single writer, the thread that owns what it counts, and many readers.
 */
public sealed interface CounterDescriptor
        permits PublicationDescriptor,
                SubscriptionDescriptor,
                NicDescriptor,
                JournalDescriptor,
                LinkDescriptor,
                BridgeDescriptor {
    /**
     * What the catalogue says of a counter.
     *
     * @param typeId as {@link #typeId} says.
     * @param label as {@link #label} says.
     * @param unit as {@link #unit} says.
     * @param sentence as {@link #sentence} says.
     */
    record Entry(int typeId, String label, String unit, String sentence) {}

    /** {@return what the catalogue says of it} */
    Entry entry();

    /** {@return the whole catalogue, by type ids} */
    static List<CounterDescriptor> all() {
        return Stream.<CounterDescriptor[]>of(
                        PublicationDescriptor.values(),
                        SubscriptionDescriptor.values(),
                        NicDescriptor.values(),
                        JournalDescriptor.values(),
                        LinkDescriptor.values(),
                        BridgeDescriptor.values())
                .flatMap(Arrays::stream)
                .toList();
    }

    /** {@return what tells the counter from all others in a counters file: Aeron's type id, 2000 and up} */
    default int typeId() {
        return entry().typeId();
    }

    /** {@return the name that labels begin with} */
    default String label() {
        return entry().label();
    }

    /** {@return what it counts in: a word, such as {@code packets}} */
    default String unit() {
        return entry().unit();
    }

    /** {@return what it says: half a sentence} */
    default String sentence() {
        return entry().sentence();
    }

    /**
     * The label of a stream's counter.
     *
     * @param stream its name.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOf(String stream) {
        return labelOfOwner("stream " + stream);
    }

    /**
     * The label of a line's counter.
     *
     * @param stream its name.
     * @param line its letter.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOf(String stream, String line) {
        return labelOfOwner("stream " + stream, line);
    }

    /**
     * The label of a counter of a stream, or of a carrier, whose lines several streams share.
     *
     * @param owner {@code stream NAME} or {@code carrier NAME}.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfOwner(String owner) {
        return "heliograph: " + label() + ", " + owner;
    }

    /**
     * The label of a line's counter, of a stream or a carrier.
     *
     * @param owner {@code stream NAME} or {@code carrier NAME}.
     * @param line its letter.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfOwner(String owner, String line) {
        return labelOfOwner(owner) + ", line " + line;
    }

    /**
     * The label of a counter of a host's links or bridges.
     *
     * @param host that has them: an external driver may serve several.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfHost(String host) {
        return labelOfOwner("host " + host);
    }

    /**
     * The label of a NIC's counter.
     *
     * @param host that has the NIC.
     * @param nic its name in the topology.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfNic(String host, String nic) {
        return labelOfHost(host) + ", NIC " + nic;
    }

    /**
     * The label of a counter of a bridge's path.
     *
     * @param host that the bridge leads to.
     * @param bridge what the host calls it.
     * @param peer the host at the other end of the path.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfPath(String host, String bridge, String peer) {
        return labelOfHost(host) + ", bridge " + bridge + ", peer " + peer;
    }

    /**
     * The label of a counter of a stream that a bridge leads to a host.
     *
     * @param host that the bridge leads to.
     * @param bridge what the host calls it.
     * @param stream its name.
     * @return for {@code Aeron.addCounter}.
     */
    default String labelOfBridged(String host, String bridge, String stream) {
        return labelOfHost(host) + ", bridge " + bridge + ", stream " + stream;
    }
}
