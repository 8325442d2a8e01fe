// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery.remote;

import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkPool;
import io.heliograph.engine.link.session.ReplyHandler;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way by which a host's replay service is asked.
 *
 * <p><b>Thread:</b> any; answers come on the links' thread.
 */
public interface ReplayPath {
    /**
     * Asks.
     *
     * @param request of the service {@code replay}; copied.
     * @param timeoutNs from now, within which the answer is wanted.
     * @param handler takes it.
     * @return a number by which it is taken back.
     */
    long ask(DirectBuffer request, long timeoutNs, ReplyHandler handler);

    /**
     * No answer is wanted any longer.
     *
     * @param number that {@link #ask} returned.
     */
    void cancel(long number);

    /**
     * By the engine of this host, which asks the other one.
     *
     * @param engine of this host.
     * @param host that is to be asked.
     * @return the way.
     */
    static ReplayPath through(LinkClient engine, String host) {
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        return new ReplayPath() {
            @Override
            public long ask(DirectBuffer request, long timeoutNs, ReplyHandler handler) {
                UnsafeBuffer body = new UnsafeBuffer(new byte[request.capacity() + name.length]);
                body.putBytes(0, request, 0, request.capacity());
                body.putBytes(request.capacity(), name);
                return engine.request(FetchService.NAME, body, 0, body.capacity(), timeoutNs, handler);
            }

            @Override
            public void cancel(long number) {
                engine.cancel(number);
            }
        };
    }

    /**
     * Over a connection of this host's own.
     *
     * @param pool of connections.
     * @param host that is asked.
     * @return the way.
     */
    static ReplayPath direct(LinkPool pool, String host) {
        return new ReplayPath() {
            @Override
            public long ask(DirectBuffer request, long timeoutNs, ReplyHandler handler) {
                return pool.request(host, ReplayService.NAME, request, 0, request.capacity(), timeoutNs, handler);
            }

            @Override
            public void cancel(long number) {
                pool.cancel(number);
            }
        };
    }
}
