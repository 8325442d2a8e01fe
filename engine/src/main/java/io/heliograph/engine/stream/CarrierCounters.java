// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import java.util.List;

/**
 * A carrier subscription's figures as counters: each stream's own, and those of the lines once, over all streams.
 *
 * <p>Some streams a tick, and then the lines: all of them at once would hold up what comes meanwhile.
 *
 * <p><b>Thread:</b> single writer (the thread that polls), many readers.
 */
public final class CarrierCounters implements CarrierTick {
    private static final int STREAMS_PER_TICK = 8;

    private final CounterSet[] streams;
    private final CounterSet[] lines;
    private final LeadHistogram[] leads;
    private int turn;

    /**
     * Asks for the counters.
     *
     * @param connection to the driver.
     * @param carrier its name.
     * @param names of the streams that are subscribed to.
     * @param lineNames A, B and so on.
     */
    public CarrierCounters(AeronConnection connection, String carrier, List<String> names, List<String> lineNames) {
        streams = new CounterSet[names.size()];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = SubscriptionCounters.streamCounters(connection, names.get(i));
        }
        lines = new CounterSet[lineNames.size()];
        leads = new LeadHistogram[lines.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = SubscriptionCounters.lineCounters(connection, "carrier " + carrier, lineNames.get(i));
            leads[i] = new LeadHistogram();
        }
    }

    @Override
    public void publish(CarrierSubscription subscription) {
        if (turn == streams.length) {
            turn = 0;
            for (int i = 0; i < lines.length; i++) {
                publishLine(subscription, i);
            }
            return;
        }
        int end = Math.min(streams.length, turn + STREAMS_PER_TICK);
        while (turn < end) {
            CarriedStream stream = subscription.stream(turn);
            SubscriptionCounters.publish(streams[turn], stream.statistics(), stream.quality());
            for (int i = 0; i < lines.length; i++) {
                leads[i].add(stream.line(i).leads());
            }
            turn++;
        }
    }

    @Override
    public void close() {
        for (CounterSet stream : streams) {
            stream.close();
        }
        for (CounterSet line : lines) {
            line.close();
        }
    }

    private void publishLine(CarrierSubscription subscription, int index) {
        long won = 0;
        long lost = 0;
        long duplicates = 0;
        long missing = 0;
        long packetsWon = 0;
        long lostOnlyHere = 0;
        long lostOnAll = 0;
        long repaired = 0;
        long lateNs = 0;
        long alarms = 0;
        for (int i = 0; i < subscription.streamCount(); i++) {
            LineStatistics line = subscription.stream(i).line(index);
            won += line.won();
            lost += line.lost();
            duplicates += line.duplicates();
            missing += line.missing();
            packetsWon += line.packetsWon();
            lostOnlyHere += line.lostOnlyHere();
            lostOnAll += line.lostOnAll();
            repaired += line.repaired();
            lateNs = Math.max(lateNs, line.lateNs());
            alarms += line.skewAlarms();
        }
        CounterSet counters = lines[index];
        counters.take();
        counters.set(0, won);
        counters.set(1, lost);
        counters.set(2, duplicates);
        counters.set(3, missing);
        counters.set(4, leads[index].meanNs());
        counters.set(5, subscription.rejoins(index));
        counters.set(6, subscription.rejectedImages(index));
        counters.set(7, packetsWon);
        counters.set(8, lostOnlyHere);
        counters.set(9, lostOnAll);
        counters.set(10, subscription.stream(0).line(index).driverLostOctets());
        counters.set(11, repaired);
        counters.set(15, lateNs);
        counters.set(16, alarms);
        SubscriptionCounters.publishLeads(counters, leads[index]);
        leads[index].clear();
    }
}
