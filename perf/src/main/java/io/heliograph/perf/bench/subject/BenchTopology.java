// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.config.Bond;
import io.heliograph.config.Engine;
import io.heliograph.config.Flow;
import io.heliograph.config.Host;
import io.heliograph.config.HostPlace;
import io.heliograph.config.Line;
import io.heliograph.config.LineJoin;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.MulticastRange;
import io.heliograph.config.Nic;
import io.heliograph.config.NicAddress;
import io.heliograph.config.NicMode;
import io.heliograph.config.Repair;
import io.heliograph.config.Site;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import io.heliograph.config.Writers;
import io.heliograph.config.net.Ipv4;
import io.heliograph.engine.Numbering;
import io.heliograph.engine.PublicationOptions;
import io.heliograph.engine.media.ChannelSettings;
import io.heliograph.engine.media.SocketBuffers;
import io.heliograph.perf.bench.control.ControlLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The deployment that a benchmark runs: one site, a host at each end, one stream or more on as many lines as asked for. Both
 * subjects take groups, ports, MTU, flow control, term and window from it.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param topology the whole.
 * @param stream the first of it.
 */
record BenchTopology(Topology topology, Stream stream) {
    static final String SENDING = "sending";
    static final String RECEIVING = "receiving";
    static final String STREAM = "bench";

    /** Whatever a run before has left: messages are counted from 1. */
    static final PublicationOptions NUMBERED = PublicationOptions.DEFAULT.numbering(Numbering.newEpoch());

    private static final String SITE = "lab";
    private static final String CARRIER = "small";
    static final int STREAM_ID = 1001;
    private static final MulticastRange RANGE =
            new MulticastRange(Ipv4.address(Ipv4.parse("239.20.64.0").orElseThrow()), 20);

    /**
     * Reads the {@code open} of a process.
     *
     * @param settings with {@code lines}, {@code nicMtu}, {@code flow} and each end's address on each line; for more than one
     *     stream {@code streams}, and {@code carried} 1 where they are on one carrier.
     * @return the deployment.
     */
    static BenchTopology of(ControlLine settings) {
        Flow flow = Flow.valueOf(settings.text("flow").toUpperCase(Locale.ROOT));
        List<Host> hosts = List.of(host(SENDING, settings), host(RECEIVING, settings));
        List<String> nics = hosts.get(0).nics().stream().map(Nic::name).toList();
        Site site = new Site(SITE, RANGE, hosts, List.of(new Bond("all", nics)));
        int count = settings.has("streams") ? (int) settings.number("streams") : 1;
        boolean isCarried = settings.has("carried") && settings.number("carried") == 1;
        List<Stream> streams = IntStream.range(0, count)
                .mapToObj(index -> stream(index, flow, isCarried ? CARRIER : null))
                .toList();
        return new BenchTopology(new Topology("bench", List.of(site), streams), streams.get(0));
    }

    private static Stream stream(int index, Flow flow, @Nullable String carrier) {
        return new Stream(
                index == 0 ? STREAM : STREAM + index,
                STREAM_ID + index,
                SITE,
                List.of(SENDING),
                "all",
                LinePolicy.REDUNDANT,
                LineJoin.RANDOM,
                flow,
                Repair.NAK,
                1_000_000_000L,
                250_000_000L,
                2_000_000_000L,
                true,
                Writers.ONE,
                0,
                carrier,
                Stream.BY_ID);
    }

    Line line(Stream of, int index) {
        return Lines.of(topology, of).get(index);
    }

    NicAddress address(String host, Line line) {
        HostPlace place = topology.host(host).orElseThrow();
        return place.host().nic(line.nic()).orElseThrow().address();
    }

    ChannelSettings channelSettings() {
        return ChannelSettings.of(topology, stream).withinSocketBuffer(SocketBuffers.granted());
    }

    private static Host host(String name, ControlLine settings) {
        List<Nic> nics = new ArrayList<>();
        for (int line = 0; line < settings.number("lines"); line++) {
            String[] place = settings.text(name + line).split("/", -1);
            NicAddress address =
                    new NicAddress(Ipv4.address(Ipv4.parse(place[0]).orElseThrow()), Integer.parseInt(place[1]));
            int mtu = (int) settings.number("nicMtu");
            nics.add(new Nic("nic" + line, address, mtu, NicMode.MULTICAST, 0));
        }
        return new Host(name, nics, Engine.DEFAULT);
    }
}
