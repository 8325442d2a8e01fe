// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Flow;
import io.heliograph.config.Line;
import io.heliograph.config.LineAddress;
import io.heliograph.config.NicAddress;
import java.net.Inet4Address;

/**
 * What Aeron is told of a line: its channel URIs. Both ends of a line have to say the same about it, so nobody else writes
 * one.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Channels {
    private Channels() {}

    /**
     * Where a publisher sends one line's packets: to its group, or where multicast is not to be had, to whoever asks for
     * them at its control port.
     *
     * <p>{@code ssc=true}: a reader on the publisher's own host (a journal) is enough for packets to be sent.
     *
     * @param line of the stream.
     * @param nic of the publisher's host that the line leaves by.
     * @param settings of the stream.
     * @return the channel URI, for {@code Aeron.addExclusivePublication} with the stream's id.
     */
    public static String publication(Line line, NicAddress nic, ChannelSettings settings) {
        StringBuilder uri = place(line, nic);
        if (line.isMulticast()) {
            uri.append("|ttl=").append(settings.ttl());
        }
        return uri.append("|mtu=")
                .append(settings.mtu())
                .append("|term-length=")
                .append(settings.termLength())
                .append("|fc=")
                .append(flowControl(settings))
                .append("|ssc=true|linger=")
                .append(settings.lingerNs())
                .append("ns")
                .toString();
    }

    /**
     * Where a subscriber hears one line.
     *
     * <p>{@code rejoin=true}: after a silence the line comes back by itself. {@code tether=false} with {@link Flow#MAX}: a
     * reader that stands still is left behind and sees a gap, it does not hold up the others of its host; with {@link
     * Flow#MIN} all wait for the slowest, so there it is tethered.
     *
     * @param line of the stream.
     * @param nic of the subscriber's host that the line is joined on.
     * @param settings of the stream.
     * @param isReliable whether Aeron asks for lost packets again (NAK) and holds back what follows them; else it skips a
     *     loss at once. All subscriptions of a driver to one line have to agree.
     * @return the channel URI, for {@code Aeron.addSubscription} with the stream's id.
     */
    public static String subscription(Line line, NicAddress nic, ChannelSettings settings, boolean isReliable) {
        StringBuilder uri = line.address() instanceof LineAddress.Unicast asked
                ? ask(asked, nic)
                : join((LineAddress.Multicast) line.address(), nic);
        return uri.append("|reliable=")
                .append(isReliable)
                .append("|tether=")
                .append(settings.flow() == Flow.MIN)
                .append("|rejoin=true|rcv-wnd=")
                .append(settings.windowLength())
                .toString();
    }

    /**
     * Where a subscriber on the publisher's own host reads one line from the driver's publication, without any network.
     *
     * <p>Whether it is tethered goes by the flow, as over the network.
     *
     * @param line of the stream.
     * @param nic of the host that the line leaves by.
     * @param settings of the stream.
     * @return the channel URI, for {@code Aeron.addSubscription} with the stream's id.
     */
    public static String spy(Line line, NicAddress nic, ChannelSettings settings) {
        return "aeron-spy:" + place(line, nic) + "|tether=" + (settings.flow() == Flow.MIN) + "|rejoin=true";
    }

    /** Where a publisher sends from: what tells its publication from others in its driver. */
    private static StringBuilder place(Line line, NicAddress nic) {
        return line.address() instanceof LineAddress.Multicast groups
                ? join(groups, nic)
                : new StringBuilder("aeron:udp?control=").append(control(nic.address(), line.port()));
    }

    private static StringBuilder join(LineAddress.Multicast line, NicAddress nic) {
        return new StringBuilder("aeron:udp?endpoint=")
                .append(line.group().getHostAddress())
                .append(':')
                .append(line.port())
                .append("|interface=")
                .append(nic);
    }

    /**
     * The port is the system's choice: a subscriber may stand beside its publisher, and beside others that have a driver of
     * their own. Where they share a driver they share the socket, and the publisher sends one copy for all: Aeron knows by
     * the tag that they mean the same.
     */
    private static StringBuilder ask(LineAddress.Unicast line, NicAddress nic) {
        String control = control(line.controls().get(0), line.port());
        String endpoint = nic.address().getHostAddress() + ":0";
        return new StringBuilder("aeron:udp?endpoint=")
                .append(endpoint)
                .append("|control=")
                .append(control)
                .append("|tags=")
                .append(tag(endpoint + "|" + control));
    }

    private static String control(Inet4Address publisher, int port) {
        return publisher.getHostAddress() + ":" + port + "|control-mode=dynamic";
    }

    /** The same for the same addresses; for any others as good as never. Positive: Aeron keeps -1 for none. */
    private static long tag(String addresses) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < addresses.length(); i++) {
            hash = (hash ^ addresses.charAt(i)) * 0x100000001b3L;
        }
        return hash & Long.MAX_VALUE;
    }

    private static String flowControl(ChannelSettings settings) {
        if (settings.flow() == Flow.MAX) {
            return "max";
        }
        return settings.receivers() == 0 ? "min" : "min,g:/" + settings.receivers();
    }
}
