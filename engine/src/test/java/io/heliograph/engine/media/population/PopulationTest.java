// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.config.TopologyReader;
import io.heliograph.engine.base.LineKey;
import io.heliograph.engine.base.NicDescriptor;
import io.heliograph.engine.base.SubscriptionDescriptor;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.wire.SubscribersFlyweight;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

/** What is counted and stated on one host; streams 1 to 400, of which the even ones have counted lines. */
final class PopulationTest {
    private static final int STREAMS = 400;
    private static final int HOST = LineKey.host("t", "ny1");
    private static final int CHOSEN = SubscriptionDescriptor.SUBSCRIPTION_LINE_CHOSEN.typeId();
    private static final int STATED = NicDescriptor.LINE_SUBSCRIBERS.typeId();
    private static final long START_NS = 1_000_000_000L;
    private static final long MS = 1_000_000;

    private final LineSlots slots = slots();
    private final Population population =
            new Population(slots, HOST, 2, error -> assertEquals("nothing", error.getMessage()), START_NS);
    private final CountersManager counters = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(512 * 1024)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 1024)));
    private final UnsafeBuffer statement = new UnsafeBuffer(new byte[SubscribersFlyweight.MAX_LENGTH]);
    private long sum;
    private long registration = 0x5E55101DL;

    @Test
    void shouldCountTheSubscribersOfThisHostByTheLineThatTheyHaveChosen() {
        counter(CHOSEN, LineKey.of(2, 0, HOST), 1);
        counter(CHOSEN, LineKey.of(2, 1, HOST), 0);
        AtomicCounter gone = counter(CHOSEN, LineKey.of(2, 0, HOST), 1);
        counter(CHOSEN, LineKey.of(4, 1, HOST), 1);
        counter(CHOSEN, LineKey.of(2, 0, LineKey.host("t", "ny2")), 1);
        counter(CHOSEN, LineKey.of(3, 0, HOST), 1);
        counter(CHOSEN, LineKey.of(2, 2, HOST), 1);
        counter(7, LineKey.of(2, 0, HOST), 1);

        population.count(counters);
        assertEquals("2/0=2 4/1=1", written(0));

        gone.close();
        population.count(counters);
        assertEquals("2/0=1 4/1=1", written(0));
    }

    @Test
    void shouldStateNothingAsNothing() {
        population.count(counters);

        assertEquals("", written(0));
        assertEquals(0, SubscribersFlyweight.first(statement, 0));
        assertEquals(Integer.MAX_VALUE, SubscribersFlyweight.last(statement, 0));
        assertFalse(population.isToBeStated(population.write(statement, 1, 2, 0)));
    }

    @Test
    void shouldStateAllStreamsInAsManyDatagramsAsItTakesWithoutAHoleBetweenThem() {
        PopulationBoard full = new PopulationBoard(slots, 1, START_NS);
        PopulationBoard reader = new PopulationBoard(slots, 1, START_NS);
        Arrays.fill(full.own(), 3);
        int datagrams = 0;
        int expected = 0;
        for (int from = 0; from < slots.streamCount(); datagrams++) {
            from = full.write(statement, 1, 2, from);
            int length = SubscribersFlyweight.length(SubscribersFlyweight.count(statement, 0));
            assertEquals(SubscribersFlyweight.OK, SubscribersFlyweight.check(statement, 0, length));
            assertEquals(expected, SubscribersFlyweight.first(statement, 0));
            expected = SubscribersFlyweight.last(statement, 0) + 1;
            reader.onStatement(0, statement, 0, START_NS);
        }

        assertEquals(3, datagrams, "400 entries, 150 at most in each");
        assertEquals(Integer.MIN_VALUE, expected);
        for (int slot = 0; slot < slots.count(); slot++) {
            assertEquals(3, reader.subscribers(slot, START_NS));
        }
    }

    @Test
    void shouldForgetWhatIsNotStatedAnyMoreAndWhoIsNotHeardAnyMore() {
        PopulationBoard board = new PopulationBoard(slots, 2, START_NS);
        int slot = slots.slot(4, 1);
        board.own()[slot] = 1;
        state(board, 0, 0, Integer.MAX_VALUE, 4, 1, 2);
        state(board, 1, 4, 4, 4, 1, 3);
        assertEquals(6, board.subscribers(slot, START_NS));

        state(board, 0, 5, 6, 6, 0, 9);
        assertEquals(6, board.subscribers(slot, START_NS), "another part of the streams says nothing of this one");
        state(board, 0, 0, Integer.MAX_VALUE, 6, 0, 9);
        assertEquals(4, board.subscribers(slot, START_NS), "not named in its range: none");
        assertEquals(4, board.subscribers(slot, START_NS + PopulationBoard.LAPSE_NS));
        assertEquals(1, board.subscribers(slot, START_NS + PopulationBoard.LAPSE_NS + 1), "its own are left");
    }

    @Test
    void shouldPassOverLinesThatItsTopologyDoesNotHave() {
        PopulationBoard board = new PopulationBoard(slots, 1, START_NS);

        state(board, 0, 0, Integer.MAX_VALUE, 3, 0, 5);
        state(board, 0, 0, Integer.MAX_VALUE, 4, 2, 5);
        state(board, 0, 0, Integer.MAX_VALUE, 1_000_000, 0, 5);

        for (int slot = 0; slot < slots.count(); slot++) {
            assertEquals(0, board.subscribers(slot, START_NS));
        }
    }

    @Test
    void shouldKnowTheSiteWhenEachPeerHadTheTimeToStateItsOwn() {
        PopulationBoard board = new PopulationBoard(slots, 1, START_NS);
        PopulationBoard alone = new PopulationBoard(slots, 0, START_NS);

        assertFalse(board.isKnown(START_NS + 299 * MS));
        assertTrue(board.isKnown(START_NS + 300 * MS));
        assertTrue(alone.isKnown(START_NS));
    }

    @Test
    void shouldReadWhatTheEngineOfTheHostStatesAndNobodyElses() {
        LinePopulation read = new LinePopulation(slots, HOST);
        counter(STATED, LineKey.of(2, 0, LineKey.host("t", "ny2")), 9);
        AtomicCounter dead = counter(STATED, LineKey.of(2, 0, HOST), 4);
        int slot = read.slot(2, 0);
        assertEquals(-1, read.subscribers(slot));
        assertEquals(-1, read.subscribers(read.slot(3, 0)), "a line that is not counted");

        read.attach(counters);
        assertEquals(4, read.subscribers(slot));
        assertEquals(-1, read.subscribers(read.slot(2, 1)));
        dead.set(5);
        assertEquals(5, read.subscribers(slot), "at once, without a search");

        AtomicCounter alive = counter(STATED, LineKey.of(2, 0, HOST), 7);
        read.search();
        assertEquals(7, read.subscribers(slot), "the newer engine's");
        alive.close();
        assertEquals(-1, read.subscribers(slot));
        read.search();
        assertEquals(5, read.subscribers(slot));
        read.attach(null);
        assertEquals(-1, read.subscribers(slot));
    }

    @Test
    void shouldAllocateNothingWhileNothingChanges() {
        LinePopulation read = new LinePopulation(slots, HOST);
        counter(STATED, LineKey.of(2, 0, HOST), 4);
        read.attach(counters);
        int slot = read.slot(2, 0);
        Runnable looks = () -> {
            for (int i = 0; i < 100_000; i++) {
                read.search();
                sum += read.subscribers(slot);
            }
        };

        assertEquals(0, AllocatedOctets.of(looks));
        assertEquals(0, sum % 400_000);
    }

    private String written(int from) {
        population.write(statement, 1, 2, from);
        return IntStream.range(0, SubscribersFlyweight.count(statement, 0))
                .mapToObj(i -> SubscribersFlyweight.stream(statement, 0, i) + "/"
                        + SubscribersFlyweight.line(statement, 0, i) + "="
                        + SubscribersFlyweight.subscribers(statement, 0, i))
                .collect(Collectors.joining(" "));
    }

    private static void state(
            PopulationBoard board, int peer, int first, int last, int stream, int line, int subscribers) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[SubscribersFlyweight.length(1)]);
        SubscribersFlyweight.init(buffer, 0, 1, 2, first, last);
        SubscribersFlyweight.add(buffer, 0, stream, line, subscribers);
        assertEquals(SubscribersFlyweight.OK, SubscribersFlyweight.check(buffer, 0, buffer.capacity()));
        board.onStatement(peer, buffer, 0, START_NS);
    }

    private AtomicCounter counter(int typeId, DirectBuffer key, long value) {
        DirectBuffer label = new UnsafeBuffer("any".getBytes(StandardCharsets.US_ASCII));
        AtomicCounter counter = counters.newCounter(typeId, key, 0, key.capacity(), label, 0, label.capacity());
        counters.setCounterRegistrationId(counter.id(), registration++);
        counter.set(value);
        return counter;
    }

    private static LineSlots slots() {
        String streams = IntStream.rangeClosed(1, STREAMS)
                .mapToObj(id ->
                        "<stream name=\"s" + id + "\" id=\"" + id + "\" site=\"ny\" publishers=\"ny1\" bond=\"ab\""
                                + " lines=\"spread\" join=\"" + (id % 2 == 0 ? "least-populated" : "random") + "\"/>")
                .collect(Collectors.joining());
        return LineSlots.of(TopologyReader.read("t.xml", """
                <topology xmlns="urn:heliograph:topology:1" name="t">
                  <site name="ny" multicast="239.20.0.0/16">
                    <host name="ny1"><nic name="a" address="10.0.1.1/24"/><nic name="b" address="10.0.2.1/24"/></host>
                    <bond name="ab" nics="a b"/>
                  </site>%s
                </topology>
                """.formatted(streams)), "ny");
    }
}
