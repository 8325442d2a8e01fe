// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Flow;
import io.heliograph.config.Line;
import io.heliograph.config.NicAddress;

/**
 * What Aeron is told of a line: its channel URIs. Both ends of a line have to say the same about it, so nobody else writes
 * one.
 *
 * <p><b>Thread:</b> any thread.
 */
public final class Channels {
    private Channels() {}

    /**
     * Where a publisher sends one line's packets.
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
        return uri.append("|ttl=")
                .append(settings.ttl())
                .append("|mtu=")
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
        StringBuilder uri = place(line, nic);
        return uri.append("|reliable=")
                .append(isReliable)
                .append("|tether=")
                .append(settings.flow() == Flow.MIN)
                .append("|rejoin=true|rcv-wnd=")
                .append(settings.windowLength())
                .toString();
    }

    private static StringBuilder place(Line line, NicAddress nic) {
        return new StringBuilder("aeron:udp?endpoint=")
                .append(line.group().getHostAddress())
                .append(':')
                .append(line.port())
                .append("|interface=")
                .append(nic);
    }

    private static String flowControl(ChannelSettings settings) {
        if (settings.flow() == Flow.MAX) {
            return "max";
        }
        return settings.receivers() == 0 ? "min" : "min,g:/" + settings.receivers();
    }
}
