// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import io.heliograph.engine.stream.MissingRanges;
import io.heliograph.engine.testkit.MemoryLog;
import io.heliograph.engine.wire.ControlFlyweight;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import io.heliograph.engine.wire.ReplayPageFlyweight;
import io.heliograph.engine.wire.ReplayRequestFlyweight;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Sources that answer, or do not, and what a recovery asks and hands on, as short words; the tests' time is its own. */
final class RecoveryFixture implements RepairOutput {
    static final int STREAM = 1001;
    static final long EPOCH = 7;
    static final long MS = 1_000_000;

    final RecoveryFigures figures = new RecoveryFigures();
    final RecoveryContext context = new RecoveryContext(STREAM, 1_000 * MS, 10_000 * MS);
    final SplittableRandom random = new SplittableRandom(1);
    final MissingRanges missing = new MissingRanges();
    final List<Source> sources = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private final List<String> asks = new ArrayList<>();
    int room = 1 << 20;
    boolean isDrained = true;
    long nowNs = Long.MAX_VALUE - 20 * MS;

    /** Takes pages, as {@link Ladder} and {@link Joining} do. */
    interface Pages {
        boolean onPage(long id, boolean isLast, DirectBuffer page, int offset, int length, long now);
    }

    /** What a source does that is asked. */
    enum Mood {
        ANSWERS,
        IS_SILENT,
        CANNOT_BE_ASKED,
        IS_BUSY,
        IS_DAMAGED
    }

    /** A source with a journal in memory. */
    Source source(String name, MemoryLog log) {
        Source source = new Source(name, log);
        sources.add(source);
        return source;
    }

    /** What was asked since the last time: {@code own 7:11-20}. */
    String asked() {
        String all = String.join(" ", asks);
        asks.clear();
        return all;
    }

    /** What was handed on since the last time: packets as {@code 11-20}, {@code nobody 7:5-8}, and so on. */
    String handedOn() {
        String all = String.join(" ", out);
        out.clear();
        return all;
    }

    /** Hands over the answers to all asks that are out. */
    void answer(Pages to) {
        List<Source> all = List.copyOf(sources);
        all.forEach(source -> source.answer(to));
    }

    @Override
    public int room() {
        return room;
    }

    @Override
    public boolean isDrained() {
        return isDrained;
    }

    @Override
    public void packet(DirectBuffer buffer, int offset, int length) {
        long epoch = PacketFlyweight.epoch(buffer, offset);
        long sequence = PacketFlyweight.sequence(buffer, offset);
        String words = switch (PacketFlyweight.kind(buffer, offset)) {
            case PacketKind.DATA -> sequence + "-" + (sequence + PacketFlyweight.count(buffer, offset) - 1);
            case PacketKind.GAP -> "gap " + sequence + "-" + ControlFlyweight.gapLast(buffer, offset);
            case PacketKind.SEAL -> "seal " + (sequence - 1);
            default -> "end " + (sequence - 1);
        };
        out.add(epoch == EPOCH ? words : epoch + ":" + words);
    }

    @Override
    public void nobodyHas(long epoch, long first, long end) {
        out.add("nobody " + epoch + ":" + first + "-" + (end == MissingRanges.UNKNOWN_END ? "?" : end - 1));
    }

    @Override
    public void begin(long epoch, long sequence) {
        out.add("begin " + epoch + ":" + sequence);
    }

    @Override
    public void epoch(long epoch) {
        out.add("epoch " + epoch);
    }

    /** One who can be asked. */
    final class Source implements GapSource {
        private final String name;
        private final MemoryLog log;
        private final LogCursor cursor;
        private final PageBuilder builder = new PageBuilder(64 * 1024);
        private @Nullable ReplayAsk ask;
        private long id;
        Mood mood = Mood.ANSWERS;

        Source(String name, MemoryLog log) {
            this.name = name;
            this.log = log;
            this.cursor = new LogCursor(log.reader());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean ask(long askId, ReplayAsk of) {
            if (mood == Mood.CANNOT_BE_ASKED) {
                asks.add(name + " no");
                return false;
            }
            String count = of.count() == ReplayRequestFlyweight.ALL ? "?" : Long.toString(of.from() + of.count() - 1);
            String place = switch (of.place()) {
                case ReplayRequestFlyweight.IN_EPOCH -> of.epoch() + ":" + of.from() + "-" + count;
                case ReplayRequestFlyweight.AT_TIME -> "time " + of.from();
                default -> "latest " + of.from();
            };
            asks.add(name + " " + place);
            ask = of;
            id = askId;
            return true;
        }

        @Override
        public void cancel(long of) {
            asks.add(name + " cancelled");
            ask = of == id ? null : ask;
        }

        private void answer(Pages to) {
            ReplayAsk of = ask;
            if (of == null || mood == Mood.IS_SILENT) {
                return;
            }
            ask = null;
            ReplayPlace place = cursor.place(of);
            if (mood == Mood.IS_BUSY) {
                builder.say(STREAM, ReplayPageFlyweight.BUSY, 20, of.epoch(), of.from());
            } else if (log.lastEpoch() < 0) {
                builder.say(STREAM, ReplayPageFlyweight.END, 0, 0, of.from());
            } else if (place.isNowhere()) {
                builder.say(STREAM, ReplayPageFlyweight.END, 0, Math.max(0, place.epoch()), place.sequence());
            } else {
                long first = place.sequence();
                builder.build(STREAM, cursor, place.epoch(), first, of.endFrom(first), of.octets());
            }
            UnsafeBuffer page = new UnsafeBuffer(new byte[builder.length()]);
            page.putBytes(0, builder.page(), 0, builder.length());
            if (mood == Mood.IS_DAMAGED) {
                int last = page.capacity() - 1;
                page.putByte(last, (byte) (page.getByte(last) ^ 1));
            }
            to.onPage(id, true, page, 0, page.capacity(), nowNs);
        }
    }
}
