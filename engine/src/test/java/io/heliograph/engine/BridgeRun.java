// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static io.heliograph.engine.testkit.Awaiting.awaiting;

import io.aeron.AeronCounters;
import io.heliograph.config.Lines;
import io.heliograph.config.Topology;
import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.CounterDescriptor;
import io.heliograph.engine.journal.JournalReader;
import io.heliograph.engine.journal.StreamJournal;
import io.heliograph.engine.link.LinkEvent;
import io.heliograph.engine.media.DriverContext;
import io.heliograph.engine.media.DriverEvent;
import io.heliograph.engine.media.ThreadedDriver;
import io.heliograph.engine.media.nic.NicEvent;
import io.heliograph.engine.stream.StreamPublication;
import io.heliograph.engine.stream.StreamSubscription;
import io.heliograph.engine.testkit.JournalHosts;
import io.heliograph.engine.testkit.LoopbackTopology;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.testkit.StreamRecorder;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Two sites on loopback, ny with two hosts and ldn with two, a bridge of two paths between them and an engine on each host but the
 * last; ny1 publishes, and a subscriber on ldn2 hears what comes there. All of them use one driver.
 */
final class BridgeRun implements AutoCloseable {
    /** The topology, in the folder. */
    static final String FILE = "bridged-sites.xml";

    static final List<String> HOSTS = List.of("ny1", "ny2", "ldn1");

    final StreamRecorder recorder = new StreamRecorder();
    final List<String> events = new CopyOnWriteArrayList<>();
    final Map<String, Engine> engines = new LinkedHashMap<>();
    final Topology topology;
    final StreamPublication publication;
    final StreamSubscription subscription;
    final Heliograph sender;
    final Heliograph receiver;
    private final Path folder;
    private final ThreadedDriver driver;

    BridgeRun(Path folder, String bridgeAttributes, String[] pathAttributes) {
        this(folder, bridgeAttributes, pathAttributes, "", "");
    }

    /** With further streams and bridges, in the topology's words; who publishes them is for the test to say. */
    BridgeRun(Path folder, String bridgeAttributes, String[] pathAttributes, String streams, String bridges) {
        this.folder = folder;
        Path directory = folder.resolve("driver");
        this.driver = ThreadedDriver.launch(directory, new DriverContext());
        this.topology = topology(folder, directory, bridgeAttributes, pathAttributes, streams, bridges);
        HOSTS.forEach(this::start);
        sender = Heliograph.connect(
                new HeliographContext().topology(topology).host("ny1").stateDirectory(folder));
        receiver = Heliograph.connect(new HeliographContext().topology(topology).host("ldn2"));
        subscription = receiver.addSubscription("itch", recorder);
        publication = sender.addPublication("itch");
        awaiting("the journals of ny", this::cycle, () -> publication.isFullyConnected() && isListening());
    }

    private static Topology topology(
            Path folder, Path driver, String bridge, String[] paths, String streams, String bridges) {
        StringBuilder xml = new StringBuilder();
        String ny = host(folder, driver, "ny1", 1) + host(folder, driver, "ny2", 2);
        String ldn = host(folder, driver, "ldn1", 3) + host(folder, driver, "ldn2", 4);
        for (int i = 0; i < paths.length; i++) {
            xml.append("<path from=\"ny%d\" to=\"ldn1\" %s/>\n".formatted(i + 1, paths[i]));
        }
        String range = LoopbackTopology.range();
        String text = """
            <topology xmlns="urn:heliograph:topology:1" name="test-%d-%s">
              <site name="ny" multicast="%s">%s<bond name="a" nics="a"/></site>
              <site name="ldn" multicast="%s">%s<bond name="a" nics="a"/></site>
              <stream name="itch" id="7" site="ny" publishers="ny1" bond="a" journal="ny1 ny2 ldn1"/>
              %s
              <bridge from="ny" to="ldn" streams="itch" bond="a" %s>%s</bridge>
              %s
            </topology>
            """.formatted(
                        ProcessHandle.current().pid(),
                        range.hashCode() & 0xFFFF,
                        range,
                        ny,
                        LoopbackTopology.range(),
                        ldn,
                        streams,
                        bridge,
                        xml,
                        bridges);
        try {
            Files.writeString(folder.resolve(FILE), text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return TopologyReader.read(folder.resolve(FILE));
    }

    private static String host(Path folder, Path driver, String name, int number) {
        return """
            <host name="%s">
              <nic name="a" address="127.0.0.%d/8"/>
              <engine link="127.0.0.%d:%d" driver="%s" journal="%s"/>
            </host>
            """.formatted(name, number, number, JournalHosts.freePort(number), driver, folder.resolve(name));
    }

    void start(String host) {
        engines.put(host, Engine.start(topology, host, EngineOptions.DEFAULT, new Events(host)));
    }

    void stop(String host) {
        CloseHelper.close(engines.remove(host));
    }

    void cycle() {
        for (Engine engine : engines.values()) {
            engine.doWork();
        }
        sender.doWork();
        publication.doWork();
        receiver.doWork();
        subscription.poll(recorder, 64);
    }

    /** Paced by the subscriber's own duty cycle. */
    void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            byte[] body = Packets.body(publication.epoch(), publication.nextSequence());
            UnsafeBuffer message = new UnsafeBuffer(body);
            awaiting("accepted", this::cycle, () -> publication.offer(message, 0, body.length) > 0);
            if (i % 20 == 19) {
                publication.flush();
                cycle();
            }
        }
        publication.flush();
        cycle();
    }

    /** Whether the subscriber in ldn has had everything. */
    boolean isAllHeard() {
        return subscription.epoch() == publication.epoch() && subscription.nextSequence() == publication.nextSequence();
    }

    /** What a host's journal has: where it begins and ends, and the gaps in it. */
    String journal(String host) {
        StringBuilder text = new StringBuilder();
        long[] next = {0, 0};
        try (JournalReader reader =
                StreamJournal.of(folder.resolve(host), "itch").reader()) {
            while (reader.poll((buffer, offset, length) -> note(buffer, offset, next, text), 64) > 0) {}
        }
        return text + "up to " + (next[1] - 1);
    }

    /** Waits until a host's journal has something; to open a journal takes much longer than a duty cycle. */
    void awaitJournal(String host, String wanted) {
        long[] looks = {0};
        String[] last = {""};
        try {
            awaiting("the journal of " + host, this::cycle, () -> {
                if (++looks[0] % 100 == 0) {
                    last[0] = journal(host);
                }
                return last[0].equals(wanted);
            });
        } catch (AssertionError late) {
            throw new AssertionError("wanted " + wanted + ", is " + last[0] + "; events " + events, late);
        }
    }

    private static void note(DirectBuffer buffer, int offset, long[] next, StringBuilder text) {
        long epoch = PacketFlyweight.epoch(buffer, offset);
        long first = PacketFlyweight.sequence(buffer, offset);
        if (epoch != next[0]) {
            text.append("from ").append(first).append(' ');
            next[0] = epoch;
        }
        switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> next[1] = first + PacketFlyweight.count(buffer, offset);
            case PacketKind.GAP -> {
                next[1] = ControlFlyweight.gapLast(buffer, offset) + 1;
                text.append("gap ")
                        .append(first)
                        .append('-')
                        .append(next[1] - 1)
                        .append(' ');
            }
            default -> {}
        }
    }

    /** What a counter of the driver says; -1 while there is none with such a label. */
    long counter(CounterDescriptor descriptor, String label) {
        long[] value = {-1};
        CountersReader counters = sender.aeron().countersReader();
        counters.forEach((id, typeId, key, its) -> {
            if (typeId == descriptor.typeId() && its.equals(label)) {
                value[0] = counters.getCounterValue(id);
            }
        });
        return value[0];
    }

    boolean hasEvent(String part) {
        return events.stream().anyMatch(event -> event.contains(part));
    }

    /** What is sent before both journals of ny listen they do not have: one by a spy, one over the network. */
    private boolean isListening() {
        String group = Lines.of(topology, topology.stream("itch").orElseThrow())
                .get(0)
                .group()
                .getHostAddress();
        int[] listening = {0};
        sender.aeron().countersReader().forEach((id, typeId, key, label) -> {
            boolean isOfLine = typeId == AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID && label.contains(group);
            listening[0] += isOfLine ? 1 : 0;
        });
        return listening[0] >= 2;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(subscription, publication, receiver, sender);
        engines.values().forEach(CloseHelper::quietClose);
        driver.close();
    }

    /** What the engines say. */
    private final class Events implements EngineListener {
        private final String host;

        Events(String host) {
            this.host = host;
        }

        private void say(Object event) {
            events.add(host + " " + event);
        }

        @Override
        public void onClaimed() {}

        @Override
        public void onDriver(DriverEvent event) {}

        @Override
        public void onNic(NicEvent event) {}

        @Override
        public void onIntake(IntakeEvent event) {}

        @Override
        public void onJournal(JournalEvent event) {
            say(event);
        }

        @Override
        public void onLink(LinkEvent event) {
            say(event);
        }

        @Override
        public void onBridge(BridgeEvent event) {
            say(event);
        }
    }
}
