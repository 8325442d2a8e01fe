// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.stream;

import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_FOREIGN;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_GAPS;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_IMPLAUSIBLE;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_CHOSEN;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_DRIVER_LOST;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_DUPLICATES;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LATE;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LEAD_MAX;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LEAD_P50;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LEAD_P99;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LEAD_TIME;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LOST;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LOST_ONLY_HERE;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_LOST_ON_ALL;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_MISSING;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_PACKETS_WON;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_REJECTED_IMAGES;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_REJOINS;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_REPAIRED;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_SKEW_ALARMS;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LINE_WON;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_LOST;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_MALFORMED;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_MESSAGES;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_OLD_EPOCH;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_OUT_OF_ORDER;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_PACKETS;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_QUALITY;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_RECOVERED;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_SEALS_CHECKED;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_SEALS_UNCHECKED;
import static io.heliograph.engine.base.SubscriptionDescriptor.SUBSCRIPTION_SEAL_MISMATCHES;

import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's figures as counters.
 *
 * <p><b>Thread:</b> single writer (the thread that polls), many readers.
 */
public final class SubscriptionCounters implements SubscriptionTick {
    /** Percentiles are counted out every second: at 5 ms a tick. */
    private static final int TICKS_PER_PERCENTILE = 200;

    private final CounterSet stream;
    private final CounterSet[] lines;
    private final @Nullable CounterSet chosen;
    private int ticks;

    /**
     * Asks for the counters.
     *
     * @param connection to the driver.
     * @param name of the stream.
     * @param lineNames A, B and so on.
     * @param choiceKeys of the counters that say which line was chosen, for who counts that; none where nobody does.
     */
    public SubscriptionCounters(
            AeronConnection connection, String name, List<String> lineNames, List<DirectBuffer> choiceKeys) {
        chosen = choiceKeys.isEmpty()
                ? null
                : CounterSet.ofLines(connection, SUBSCRIPTION_LINE_CHOSEN, name, lineNames, choiceKeys);
        stream = streamCounters(connection, name);
        lines = new CounterSet[lineNames.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lineCounters(connection, "stream " + name, lineNames.get(i));
        }
    }

    @Override
    public void publish(StreamSubscription subscription) {
        publish(stream, subscription.statistics(), subscription.quality());
        publishChoice(subscription);
        boolean hasPercentiles = ++ticks == TICKS_PER_PERCENTILE;
        ticks = hasPercentiles ? 0 : ticks;
        for (int i = 0; i < lines.length; i++) {
            publishLine(lines[i], subscription, i);
            if (hasPercentiles) {
                publishLeads(lines[i], subscription.line(i).leads());
            }
        }
    }

    @Override
    public void close() {
        if (chosen != null) {
            chosen.close();
        }
        stream.close();
        for (CounterSet line : lines) {
            line.close();
        }
    }

    private void publishChoice(StreamSubscription subscription) {
        CounterSet each = chosen;
        if (each != null) {
            each.take();
            for (int i = 0; i < lines.length; i++) {
                each.set(i, subscription.isChosen(i) ? 1 : 0);
            }
        }
    }

    /** What is said of a stream, wherever its lines are counted. */
    static CounterSet streamCounters(AeronConnection connection, String name) {
        return CounterSet.ofStream(
                connection,
                name,
                SUBSCRIPTION_MESSAGES,
                SUBSCRIPTION_PACKETS,
                SUBSCRIPTION_GAPS,
                SUBSCRIPTION_LOST,
                SUBSCRIPTION_RECOVERED,
                SUBSCRIPTION_OUT_OF_ORDER,
                SUBSCRIPTION_MALFORMED,
                SUBSCRIPTION_OLD_EPOCH,
                SUBSCRIPTION_FOREIGN,
                SUBSCRIPTION_IMPLAUSIBLE,
                SUBSCRIPTION_SEALS_CHECKED,
                SUBSCRIPTION_SEALS_UNCHECKED,
                SUBSCRIPTION_SEAL_MISMATCHES,
                SUBSCRIPTION_QUALITY);
    }

    /** What is said of a line, of a stream or a carrier. */
    static CounterSet lineCounters(AeronConnection connection, String owner, String line) {
        return CounterSet.ofLine(
                connection,
                owner,
                line,
                SUBSCRIPTION_LINE_WON,
                SUBSCRIPTION_LINE_LOST,
                SUBSCRIPTION_LINE_DUPLICATES,
                SUBSCRIPTION_LINE_MISSING,
                SUBSCRIPTION_LINE_LEAD_TIME,
                SUBSCRIPTION_LINE_REJOINS,
                SUBSCRIPTION_LINE_REJECTED_IMAGES,
                SUBSCRIPTION_LINE_PACKETS_WON,
                SUBSCRIPTION_LINE_LOST_ONLY_HERE,
                SUBSCRIPTION_LINE_LOST_ON_ALL,
                SUBSCRIPTION_LINE_DRIVER_LOST,
                SUBSCRIPTION_LINE_REPAIRED,
                SUBSCRIPTION_LINE_LEAD_P50,
                SUBSCRIPTION_LINE_LEAD_P99,
                SUBSCRIPTION_LINE_LEAD_MAX,
                SUBSCRIPTION_LINE_LATE,
                SUBSCRIPTION_LINE_SKEW_ALARMS);
    }

    static void publish(CounterSet stream, StreamStatistics seen, Quality quality) {
        stream.take();
        stream.set(0, seen.messages());
        stream.set(1, seen.packets());
        stream.set(2, seen.gaps());
        stream.set(3, seen.lostMessages());
        stream.set(4, seen.recovered());
        stream.set(5, seen.outOfOrder());
        stream.set(6, seen.malformed());
        stream.set(7, seen.oldEpoch());
        stream.set(8, seen.foreign());
        stream.set(9, seen.implausible());
        stream.set(10, seen.sealsChecked());
        stream.set(11, seen.sealsUnchecked());
        stream.set(12, seen.sealMismatches());
        stream.set(13, quality.code());
    }

    private static void publishLine(CounterSet counters, StreamSubscription subscription, int index) {
        LineStatistics line = subscription.line(index);
        counters.take();
        counters.set(0, line.won());
        counters.set(1, line.lost());
        counters.set(2, line.duplicates());
        counters.set(3, line.missing());
        counters.set(4, line.leadMeanNs());
        counters.set(5, subscription.rejoins(index));
        counters.set(6, subscription.rejectedImages(index));
        counters.set(7, line.packetsWon());
        counters.set(8, line.lostOnlyHere());
        counters.set(9, line.lostOnAll());
        counters.set(10, line.driverLostOctets());
        counters.set(11, line.repaired());
        counters.set(15, line.lateNs());
        counters.set(16, line.skewAlarms());
    }

    static void publishLeads(CounterSet counters, LeadHistogram leads) {
        counters.set(12, leads.atPercentileNs(50));
        counters.set(13, leads.atPercentileNs(99));
        counters.set(14, leads.maxNs());
    }
}
