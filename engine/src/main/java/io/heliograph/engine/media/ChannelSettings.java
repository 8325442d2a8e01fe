// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Flow;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import org.agrona.BitUtil;

/**
 * What Aeron is told of all lines of a stream, beside where they are.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param mtu of Aeron's datagrams, headers and all, bytes: a multiple of 32.
 * @param flow who sets the pace: nobody ({@link Flow#MAX}) or the slowest receiver ({@link Flow#MIN}).
 * @param receivers with {@link Flow#MIN}: how many have to be there before anything is sent; 0 = whoever comes.
 * @param ttl how many routers a datagram may cross, plus one: 1 stays in the subnet.
 * @param termLength of each of the three buffers of a line, bytes: a power of two, 64 KiB to 1 GiB.
 * @param windowLength how far a receiver lets a sender run ahead, bytes: at most half a term and a socket buffer.
 * @param lingerNs how long a closed publication still answers for what it sent, ns.
 */
public record ChannelSettings(
        int mtu, Flow flow, int receivers, int ttl, int termLength, int windowLength, long lingerNs) {
    /** Fastest without spies: small enough to stay in the cache, and 700 packets of 1,408 bytes deep. */
    public static final int TERM_LENGTH = 1 << 20;

    /** A quarter of the term: 190 packets of 1,408 bytes, 3 ms at a gigabit/s, of a receiver that is not polled. */
    public static final int WINDOW_LENGTH = 256 << 10;

    private static final long TERMS_OF_LAG = 4;

    /** A second behind the one in which a publication repeats its end. A line that opens anew waits for it. */
    public static final long LINGER_NS = 1_000_000_000L;

    /** Checks the ranges that Aeron would refuse only when the channel is opened. */
    public ChannelSettings {
        check(mtu % 32 == 0 && mtu >= 64 && mtu <= 65_504, "mtu", mtu, "a multiple of 32 from 64 to 65504");
        check(receivers >= 0, "receivers", receivers, "0 or more");
        check(ttl >= 1 && ttl <= 255, "ttl", ttl, "1 to 255");
        checkTermLength(termLength);
        checkWindowLength(windowLength, mtu, termLength);
        check(lingerNs >= 0, "linger", lingerNs, "0 or more");
    }

    /**
     * The settings that a topology asks for.
     *
     * @param topology with the NICs, which decide the MTU.
     * @param stream of it.
     * @return the defaults with the stream's MTU and flow control.
     */
    public static ChannelSettings of(Topology topology, Stream stream) {
        return of(topology, stream, stream.site());
    }

    /**
     * The settings that a topology asks for in a site.
     *
     * @param topology with the NICs, which decide the MTU.
     * @param stream of it.
     * @param site that the stream reaches.
     * @return the defaults with the MTU of the stream's lines there and the stream's flow control.
     */
    public static ChannelSettings of(Topology topology, Stream stream, String site) {
        return new ChannelSettings(
                Lines.mtu(topology, stream, site),
                stream.flow(),
                0,
                1,
                stream.site().equals(site) ? termLength(topology, stream) : TERM_LENGTH,
                WINDOW_LENGTH,
                LINGER_NS);
    }

    /**
     * How long a term of a stream's lines is at least. Who reads from the publisher's driver is left behind at three eighths of
     * a term: where a journal is waited for, it has to come to its bound before.
     */
    private static int termLength(Topology topology, Stream stream) {
        long lagOctets = topology.sharing(stream).stream()
                .mapToLong(sharing -> sharing.journaling().lagOctets())
                .max()
                .orElse(0);
        return (int) Math.max(TERM_LENGTH, BitUtil.findNextPositivePowerOfTwo(lagOctets * TERMS_OF_LAG));
    }

    /**
     * The same with other buffers.
     *
     * @param termBytes each of a line's three buffers, bytes.
     * @param windowBytes how far a sender may run ahead, bytes.
     * @return a copy.
     */
    public ChannelSettings withBuffers(int termBytes, int windowBytes) {
        return new ChannelSettings(mtu, flow, receivers, ttl, termBytes, windowBytes, lingerNs);
    }

    /**
     * The same with a window that fits a receiver's socket buffer: a driver refuses a larger one.
     *
     * @param bytes of the socket buffer, at least the MTU; {@link SocketBuffers#granted} on this machine.
     * @return a copy.
     */
    public ChannelSettings withinSocketBuffer(int bytes) {
        return new ChannelSettings(mtu, flow, receivers, ttl, termLength, Math.min(windowLength, bytes), lingerNs);
    }

    /**
     * The same for a known number of receivers on each line.
     *
     * @param count of receivers that have to be there before anything is sent; 0 = whoever comes.
     * @return a copy.
     */
    public ChannelSettings withReceivers(int count) {
        return new ChannelSettings(mtu, flow, count, ttl, termLength, windowLength, lingerNs);
    }

    static void checkTermLength(int bytes) {
        boolean isRight = Integer.bitCount(bytes) == 1 && bytes >= 1 << 16 && bytes <= 1 << 30;
        check(isRight, "term length", bytes, "a power of two from 65536 to 1073741824");
    }

    static void checkWindowLength(int bytes, int mtu, int termBytes) {
        boolean isRight = bytes >= mtu && bytes <= termBytes / 2;
        check(isRight, "window length", bytes, "between " + mtu + " and half a term, " + termBytes / 2);
    }

    private static void check(boolean isRight, String what, long value, String range) {
        if (!isRight) {
            throw new IllegalArgumentException(what + " " + value + " is not " + range);
        }
    }
}
