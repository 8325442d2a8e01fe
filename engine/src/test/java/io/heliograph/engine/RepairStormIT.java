// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliograph.config.LinkPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.base.LinkDescriptor;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.recovery.remote.ReplayService;
import io.heliograph.engine.testkit.JournalHosts;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty hosts have lost the same, of which one has a real subscriber: the publisher sends it once, on the line. */
@Tag("full")
final class RepairStormIT {
    private static final int HOSTS = 50;
    private static final int LOST = 1_000;
    private static final int PER_PACKET = 20;
    private static final int LIVE = 50;

    @TempDir
    private Path folder;

    @Test
    void shouldSendOnTheLineOnceWhatFiftyHostsAskFor() {
        Topology topology =
                JournalHosts.with(HOSTS + 1, folder.resolve("journals"), "repair=\"journal\" budget=\"9s\"", "");
        LinkPlace link =
                topology.host("host1").orElseThrow().host().engine().links().get(0);
        LinkAddress address = LinkAddress.tcp(link.address().getHostAddress(), link.port());
        List<LinkClient> others = new ArrayList<>();
        Counting counting = new Counting();
        try (JournalPair hosts = new JournalPair(topology);
                LinkTransport transport = LinkTransport.start()) {
            for (int i = 3; i <= HOSTS + 1; i++) {
                LinkNode node = new LinkNode("host" + i, "local");
                others.add(LinkClient.connect(transport, node, "host1", List.of(address), counting));
            }
            awaiting("connections", hosts::cycle, () -> counting.opened.get() == HOSTS - 1);
            hosts.publish(1_000);
            awaiting("the first", hosts::cycle, () -> hosts.recorder.messages() == 1_000);

            hosts.lose(LOST);
            UnsafeBuffer request = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
            ReplayRequestFlyweight.encode(request, 0, 1001, hosts.publication.epoch(), 1_001, LOST, 256 * 1024);
            others.forEach(each ->
                    each.request(ReplayService.NAME, request, 0, request.capacity(), 20_000_000_000L, counting));
            hosts.publish(10);
            awaiting("what was lost", hosts::cycle, () -> hosts.subscription.nextSequence() == 2_011);
            awaiting("answers", hosts::cycle, () -> counting.answered.get() == HOSTS - 1);
            awaiting(
                    "counters",
                    hosts::cycle,
                    () -> counter(hosts, LinkDescriptor.REPLAY_LINE_PACKETS) >= LOST / PER_PACKET
                            && counter(hosts, LinkDescriptor.REPLAY_REQUESTS) >= HOSTS);

            long packets = counter(hosts, LinkDescriptor.REPLAY_LINE_PACKETS);
            int packetLength = Packets.data(1001, hosts.publication.epoch(), 1, PER_PACKET).length;
            long octets = packets * packetLength + counter(hosts, LinkDescriptor.REPLAY_OCTETS);
            long lostOctets = (long) packetLength * (LOST / PER_PACKET);
            System.err.println("fifty hosts lose " + LOST + " messages of " + lostOctets + " octets: " + packets
                    + " packets on the line, " + counting.withPackets.get() + " answers by links, " + octets
                    + " octets in all");
            assertEquals("epoch " + hosts.publication.epoch() + " from 1, 1-2010", hosts.recorder.heard());
            assertTrue(counting.withPackets.get() <= 2, "by links: " + counting.withPackets.get());
            assertTrue(octets <= 4 * lostOctets, octets + " octets for " + lostOctets);
            others.forEach(LinkClient::close);
        }
    }

    /** On demand, for a machine that does nothing else: {@code -Dheliograph.storms=50}. */
    @Test
    void shouldDeliverWhatIsLiveAsSoonAsWithoutWhatIsSentAgain() {
        int storms = Integer.getInteger("heliograph.storms", 0);
        assumeTrue(storms > 0, "on demand: -Dheliograph.storms=50");
        Topology topology =
                JournalHosts.with(HOSTS + 1, folder.resolve("journals"), "repair=\"journal\" budget=\"9s\"", "");
        LinkPlace link =
                topology.host("host1").orElseThrow().host().engine().links().get(0);
        LinkAddress address = LinkAddress.tcp(link.address().getHostAddress(), link.port());
        List<LinkClient> others = new ArrayList<>();
        Counting counting = new Counting();
        long[] calmNs = new long[storms * LIVE];
        long[] stormNs = new long[storms * LIVE];
        try (JournalPair hosts = new JournalPair(topology);
                LinkTransport transport = LinkTransport.start()) {
            for (int i = 3; i <= HOSTS + 1; i++) {
                LinkNode node = new LinkNode("host" + i, "local");
                others.add(LinkClient.connect(transport, node, "host1", List.of(address), counting));
            }
            awaiting("connections", hosts::cycle, () -> counting.opened.get() == HOSTS - 1);
            hosts.publish(LOST);
            UnsafeBuffer request = new UnsafeBuffer(new byte[ReplayRequestFlyweight.LENGTH]);
            ReplayRequestFlyweight.encode(request, 0, 1001, hosts.publication.epoch(), 1, LOST, 256 * 1024);
            for (int storm = 0; storm < storms; storm++) {
                live(hosts, calmNs, storm * LIVE);
                int answered = counting.answered.get();
                others.forEach(each ->
                        each.request(ReplayService.NAME, request, 0, request.capacity(), 20_000_000_000L, counting));
                live(hosts, stormNs, storm * LIVE);
                awaiting("answers", hosts::cycle, () -> counting.answered.get() == answered + HOSTS - 1);
            }
            long packets = counter(hosts, LinkDescriptor.REPLAY_LINE_PACKETS);
            others.forEach(LinkClient::close);
            Arrays.sort(calmNs);
            Arrays.sort(stormNs);
            long calm = calmNs[calmNs.length / 2];
            long stormy = stormNs[stormNs.length / 2];
            System.err.println("live p50 " + calm / 1_000 + " us, while " + packets
                    + " packets were sent again on the line " + stormy / 1_000 + " us");
            assertTrue(stormy <= calm + calm / 2, "live p50 " + stormy + " ns beside " + calm);
        }
    }

    private static void live(JournalPair hosts, long[] tookNs, int from) {
        for (int i = 0; i < LIVE; i++) {
            long upTo = hosts.publication.nextSequence() + 1;
            long sentNs = System.nanoTime();
            hosts.publish(1);
            awaiting("what is live", hosts::cycle, () -> hosts.subscription.nextSequence() == upTo);
            tookNs[from + i] = System.nanoTime() - sentNs;
        }
    }

    private static long counter(JournalPair hosts, CounterDescriptor of) {
        long[] value = {0};
        hosts.sender.aeron().countersReader().forEach((id, typeId, key, label) -> {
            if (typeId == of.typeId()) {
                value[0] += hosts.sender.aeron().countersReader().getCounterValue(id);
            }
        });
        return value[0];
    }

    /** What the other hosts are told. */
    private static final class Counting implements ReplyHandler, LinkEvent.Listener {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger withPackets = new AtomicInteger();
        private final AtomicInteger octets = new AtomicInteger();

        @Override
        public void onLink(LinkEvent event) {
            if (event.kind() == LinkEvent.Kind.OPENED) {
                opened.incrementAndGet();
            }
        }

        @Override
        public void onReply(long requestId, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            if (length > ReplayPageFlyweight.PACKETS_OFFSET) {
                withPackets.incrementAndGet();
            }
            octets.addAndGet(length);
            if (isLast) {
                answered.incrementAndGet();
            }
        }

        @Override
        public void onLost(long requestId, String why) {
            throw new AssertionError(why);
        }
    }
}
