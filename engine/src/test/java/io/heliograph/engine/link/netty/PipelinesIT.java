// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.base.HostClock;
import io.heliograph.engine.link.session.SessionContext;
import io.heliograph.engine.link.session.TlsFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sockets of links have the buffers that they are to have, at both ends. */
@Timeout(30)
final class PipelinesIT {
    /** Below any limit of a system's, and no system's default. */
    private static final int BUFFER = 150_000;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, Sockets.best().ioHandler());

    @AfterEach
    void tearDown() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    @Test
    void shouldHaveTheBuffersThatAreAskedForAtBothEnds() throws InterruptedException {
        List<Integer> usual = buffers(0);
        List<Integer> own = buffers(BUFFER);

        // Linux gives twice what is asked for: half of it is for what it keeps of packets.
        int given = own.get(0);
        assertTrue(given == BUFFER || given == 2 * BUFFER, own::toString);
        assertEquals(List.of(given, given, given, given, given), own);
        usual.forEach(buffer -> assertNotEquals(given, buffer));
    }

    /** The listening socket's for what it receives; then what each end of a connection receives and sends with. */
    private List<Integer> buffers(int asked) throws InterruptedException {
        Pipelines pipelines = new Pipelines(loops, Sockets.best(), SystemNanoClock.INSTANCE, HostClock.INSTANCE);
        Pipelines.Carrier carrier = new Pipelines.Carrier(null, 1_000_000_000L, 50_000_000L, asked);
        Seen called = new Seen();
        Seen calling = new Seen();
        Channel listening =
                pipelines.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100, carrier, called);
        pipelines.connect(listening.localAddress(), carrier, calling).sync();
        List<Integer> there = called.buffers.take();
        List<Integer> here = calling.buffers.take();
        int first = listening.config().getOption(ChannelOption.SO_RCVBUF);
        listening.close().sync();
        return List.of(first, there.get(0), there.get(1), here.get(0), here.get(1));
    }

    /** Looks at a connection, and closes it. */
    private static final class Seen implements Pipelines.Visitors {
        final BlockingQueue<List<Integer>> buffers = new LinkedBlockingQueue<>();

        @Override
        public boolean onAccepted(Channel channel) {
            buffers.add(List.of(
                    channel.config().getOption(ChannelOption.SO_RCVBUF),
                    channel.config().getOption(ChannelOption.SO_SNDBUF)));
            return false;
        }

        @Override
        public void onRefused(Channel channel, @Nullable TlsFault fault, String words) {}

        @Override
        public SessionContext context(Channel channel) {
            throw new AssertionError("no connection is let in");
        }
    }
}
