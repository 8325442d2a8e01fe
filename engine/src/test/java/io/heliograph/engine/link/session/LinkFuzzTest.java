// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.AllocatedOctets;
import io.heliograph.engine.testkit.LinkFrames;
import io.heliograph.engine.testkit.Packets;
import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.LinkFraming;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Spoilt frames, and noise, into codec and session: nothing is thrown, and no more is kept than the declared and checked length.
 *
 * <p>Seeded, and by time: half a second each, 3 s with {@code -Dheliograph.full=true}; or so many frames as {@code
 * -Dheliograph.frames=N} says. A failure names its seed and the frame.
 */
final class LinkFuzzTest {
    private static final long FRAMES = Long.getLong("heliograph.frames", 0);
    private static final long SEED = Long.getLong("heliograph.seed", 20_261_121);
    private static final long LIMIT_NS = Boolean.getBoolean("heliograph.full") ? 3_000_000_000L : 500_000_000L;

    @Test
    void shouldThrowNothingWhateverTheFrame() {
        Random random = new Random(SEED);
        long refused = 0;
        long count = 0;
        for (long start = System.nanoTime(); isToGoOn(start, count); count++) {
            // An array of exactly the frame's length: whatever reads beyond it throws.
            byte[] frame = LinkFrames.spoilt(random, LinkFrames.any(random));
            UnsafeBuffer buffer = new UnsafeBuffer(frame);
            int reason = assertDoesNotThrow(
                    () -> LinkFraming.check(buffer, 0, frame.length), () -> SEED + " " + Arrays.toString(frame));
            refused += reason == LinkFraming.OK ? 0 : 1;
        }
        assertTrue(refused > count / 4 && refused < count, refused + " of " + count);
    }

    @Test
    void shouldSurviveAnyPeer() {
        Random random = new Random(SEED + 1);
        long count = 0;
        for (long start = System.nanoTime(); isToGoOn(start, count); ) {
            long seed = random.nextLong();
            count += talk(seed);
        }
        assertTrue(count > 1_000);
    }

    @Test
    void shouldHandOutNothingUncheckedWhateverIsCompressed() {
        Random random = new Random(SEED + 2);
        LZ4Compressor lz4 = LZ4Factory.safeInstance().fastCompressor();
        long handed = 0;
        long count = 0;
        for (long start = System.nanoTime(); isToGoOn(start, count); count++) {
            byte[] entries = LinkFrames.entries(Packets.data(1, 3, 1, 1 + random.nextInt(40)));
            if (random.nextInt(4) == 0) {
                entries[random.nextInt(entries.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] block = lz4.compress(entries);
            int plainLength = entries.length;
            switch (random.nextInt(4)) {
                case 0 -> block = LinkFrames.spoilt(random, block);
                case 1 -> random.nextBytes(block);
                case 2 -> plainLength += random.nextInt(9) - 4;
                default -> {}
            }
            handed += hear(LinkFrames.compressed(1, 1, 1, plainLength, block)) ? 1 : 0;
        }
        assertTrue(handed > count / 8 && handed < count, handed + " of " + count);
    }

    /** Whether a session that pulls stream 1 took the frame; what it hands out is checked. */
    private static boolean hear(byte[] frame) {
        LinkSession session = session(new Random(SEED), SEED, new PipeEnd());
        hear(session, LinkFrames.hello("ny2", "ny", 1, 1), new Random(SEED), SEED);
        boolean[] handed = new boolean[1];
        session.streams().pull(1, 3, 1, LinkFrame.MAX_LENGTH, (stream, buffer, offset, length, cost) -> {
            handed[0] = true;
            assertEquals(LinkFraming.OK, LinkFraming.checkEntries(buffer, offset, length, 1, 1));
        });
        assertDoesNotThrow(
                () -> session.onOctets(new UnsafeBuffer(frame), 0, frame.length, 0, 0),
                () -> SEED + " " + Arrays.toString(frame));
        assertEquals(handed[0], session.state() == SessionState.OPEN, () -> Arrays.toString(frame));
        return handed[0];
    }

    @Test
    void shouldKeepNoMoreThanTwiceWhatCame() {
        FrameAssembler assembler = new FrameAssembler(new Taking());
        UnsafeBuffer header = new UnsafeBuffer(new byte[8]);
        LinkFrame.header(header, 0, LinkFrame.MAX_LENGTH, LinkFrame.REPLY, 0);
        assembler.onOctets(header, 0, 8);
        assertEquals(256, assembler.capacity());

        UnsafeBuffer piece = new UnsafeBuffer(new byte[1_000]);
        for (int came = 8; came + 1_000 < LinkFrame.MAX_LENGTH; came += 1_000) {
            assembler.onOctets(piece, 0, 1_000);
            assertTrue(assembler.capacity() <= Math.min(2 * (came + 1_000), LinkFrame.MAX_LENGTH));
        }
    }

    @Test
    void shouldGiveRoomBackThatIsNotUsed() {
        Taking taking = new Taking();
        FrameAssembler assembler = new FrameAssembler(taking);
        byte[] frame = LinkFrames.reply(1, 0, 0, true, new byte[100_000]);
        assembler.onOctets(new UnsafeBuffer(frame), 0, 60_000);
        assembler.onOctets(new UnsafeBuffer(frame), 60_000, frame.length - 60_000);
        assertEquals(1, taking.frames);
        assertEquals(frame.length, assembler.capacity());

        assembler.trim();
        assertEquals(frame.length, assembler.capacity(), "it was used since");
        assembler.trim();

        assertEquals(256, assembler.capacity());
    }

    @Test
    void shouldAllocateNothingForFramesThatComeWhole() {
        Taking taking = new Taking();
        FrameAssembler assembler = new FrameAssembler(taking);
        byte[] frame = LinkFrames.request(1, 100, "replay", new byte[64]);
        UnsafeBuffer buffer = new UnsafeBuffer(frame);

        long allocated = AllocatedOctets.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                assembler.onOctets(buffer, 0, frame.length);
            }
        });

        assertEquals(0, allocated);
        assertTrue(taking.frames >= 100_000);
    }

    /** A few frames of an honest peer, then one that is spoilt, in pieces; until the session has had enough. */
    private static int talk(long seed) {
        Random random = new Random(seed);
        PipeEnd out = new PipeEnd();
        LinkSession session = session(random, seed, out);
        if (random.nextInt(10) > 0) {
            hear(session, LinkFrames.hello("ny2", "ny", 1, 1), random, seed);
        }
        int count = 0;
        for (; count < 50 && session.state() != SessionState.CLOSED; count++) {
            byte[] frame = LinkFrames.any(random);
            hear(session, random.nextInt(4) == 0 ? LinkFrames.spoilt(random, frame) : frame, random, seed);
            out.take(out.waiting());
        }
        return count;
    }

    private static LinkSession session(Random random, long seed, PipeEnd out) {
        LinkCounters counters = new LinkCounters();
        ServiceRegistry services = new ServiceRegistry();
        services.register(
                "replay",
                (from, id, service, body, offset, length) ->
                        from.reply(id, 0, random.nextBoolean(), body, offset, length));
        SessionContext context = new SessionContext(
                "ny1",
                "ny",
                false,
                name -> PeerJudge.Verdict.accepted(name, LinkPermissions.ALL),
                services,
                random.nextBoolean() ? PullHandler.NONE : new Silent(),
                LinkTimes.DEFAULT,
                counters,
                SessionListener.NONE,
                error -> {
                    throw new AssertionError("seed " + seed, error);
                },
                Runnable::run);
        return new LinkSession(context, out, 0, 0);
    }

    private static void hear(LinkSession session, byte[] octets, Random random, long seed) {
        int at = 0;
        while (at < octets.length) {
            int piece = random.nextBoolean() ? octets.length - at : 1 + random.nextInt(octets.length - at);
            byte[] exact = Arrays.copyOfRange(octets, at, at + piece);
            assertDoesNotThrow(
                    () -> session.onOctets(new UnsafeBuffer(exact), 0, exact.length, 0, 0),
                    () -> "seed " + seed + " " + Arrays.toString(octets));
            at += piece;
        }
    }

    private static boolean isToGoOn(long startNs, long count) {
        return FRAMES > 0 ? count < FRAMES : System.nanoTime() - startNs < LIMIT_NS;
    }

    private static final class Taking implements FrameAssembler.FrameHandler {
        int frames;

        @Override
        public boolean onHeader(DirectBuffer buffer, int offset) {
            return LinkFraming.checkHeader(buffer, offset) == LinkFraming.OK;
        }

        @Override
        public boolean onFrame(DirectBuffer buffer, int offset, int length) {
            frames++;
            return true;
        }
    }

    private static final class Silent implements PullHandler {
        @Override
        public void onPull(LinkSession session, int stream, int pull, long epoch, long sequence) {}

        @Override
        public void onRoom(LinkSession session, int stream, int pull) {}

        @Override
        public void onStop(LinkSession session, int stream, int pull) {}
    }
}
