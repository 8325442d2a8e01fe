// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.cli.Progress;
import io.heliograph.engine.schema.sbe.Side;
import io.heliograph.engine.stream.Arbiter;
import io.heliograph.engine.stream.ArbiterContext;
import io.heliograph.engine.stream.StreamListener;
import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.OrderBody;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.subscribers.record.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the role does with each message, from a packet to the line of a file. */
final class TapAllocationTest {
    private static final int STREAM = 1001;
    private static final int MESSAGES = 100_000;
    private static final int PREFIX = PacketFlyweight.HEADER_LENGTH;
    private static final int BODY = PREFIX + PacketFlyweight.LENGTH_PREFIX;

    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[256]);
    private final OrderBody body = new OrderBody(packet, BODY);
    private long sequence;
    private long nowNs;

    @TempDir
    private Path folder;

    @Test
    void shouldAllocateNothingForCountsLatenciesAndBooks() {
        Tap tap = tap("--book", null);

        assertEquals(0, octets(tap));

        assertEquals(sequence, tap.messages());
    }

    /** Each message changes a best price. A queue may allocate a few octets where a buffer is handed to the writer. */
    @Test
    void shouldAllocateNothingForALineOfBestPrices() throws IOException {
        try (LineFile best = LineFile.open(folder.resolve("best.csv"))) {
            Tap tap = tap("--bbo", best);

            long octets = octets(tap);

            assertTrue(octets < MESSAGES / 50, octets + " octets for " + MESSAGES + " lines");
            assertEquals(sequence, tap.messages());
        }
    }

    private long octets(Tap tap) {
        Arbiter arbiter = new Arbiter(ArbiterContext.of(STREAM, 1), StreamListener.NONE);
        PacketFlyweight.init(packet, 0, STREAM, 1, 0);
        PacketFlyweight.count(packet, 0, 1);
        long octets = AllocatedOctets.of(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                onMessage(arbiter, tap);
            }
        });
        assertEquals(0, tap.malformed());
        assertEquals(0, tap.latencies().early());
        assertTrue(tap.books() != null && tap.books().bestChanges() == sequence);
        return octets;
    }

    private void onMessage(Arbiter arbiter, Tap tap) {
        long id = (++sequence + 1) / 2;
        int length = sequence % 2 == 1 ? body.add(13, id, Side.BUY, id, 100) : body.delete(13, id);
        PacketFlyweight.sequence(packet, 0, sequence);
        PacketFlyweight.sentEpochNs(packet, 0, HostClock.INSTANCE.nanoTime());
        PacketFlyweight.messageLength(packet, PREFIX, length);
        arbiter.beginCycle(++nowNs, tap);
        arbiter.onPacket(0, packet, 0, BODY + length);
        arbiter.endCycle();
    }

    private static Tap tap(String option, @Nullable LineFile best) {
        SubscribeOptions options = new SubscribeOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs("--stream", "itch", option, "file.csv");
        Progress silent = Progress.standard("test", "messages");
        Notices notices = new Notices(System.out, System.err, silent, options, "itch");
        return new Tap(options, new MessageLimit(0), notices, best, null);
    }
}
