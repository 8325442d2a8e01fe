// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import io.heliograph.publishers.generate.ItchDay;
import io.heliograph.publishers.generate.ItchGenerator;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The messages of a generated day, made as they are asked for.
 *
 * <p><b>Thread:</b> one owner: the thread that replays.
 *
 * <p><b>Allocation:</b> none after construction.
 */
public final class GeneratedSource implements FeedSource {
    private static final int WHOLE = 1000;

    private final ItchDay day;
    private final ItchGenerator generator;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private int length;

    /**
     * Prepares a day.
     *
     * @param day which one.
     */
    public GeneratedSource(ItchDay day) {
        this.day = day;
        this.generator = new ItchGenerator(day);
    }

    @Override
    public boolean next() {
        length = generator.next(buffer, 0);
        return length > 0;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public String name() {
        return "generate:" + day.seed();
    }

    @Override
    public String place() {
        return "message " + generator.produced();
    }

    @Override
    public int perMille() {
        return (int) (generator.produced() * WHOLE / day.messages());
    }

    @Override
    public void close() {}
}
