// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.Image;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets an image pass if its source address is one that the topology names for the stream: looked at once, when it appears.
 *
 * <p>Multicast is neither encrypted nor authenticated, so this stops mistakes and not attackers.
 *
 * <p><b>Thread:</b> the client's conductor calls; the count may be read by any.
 */
public final class ImageGate {
    private final Set<InetAddress> sources;
    private final AtomicLong rejected = new AtomicLong();

    /**
     * A gate for one line.
     *
     * @param sources addresses that may publish the stream on this line; empty for any.
     */
    public ImageGate(Set<InetAddress> sources) {
        this.sources = Set.copyOf(sources);
    }

    /**
     * Rejects an image that comes from elsewhere.
     *
     * @param image that has appeared.
     */
    public void onImage(Image image) {
        if (!sources.isEmpty() && !isAllowed(image.sourceIdentity())) {
            rejected.incrementAndGet();
            image.reject("not a publisher of this stream");
        }
    }

    /**
     * Images rejected so far.
     *
     * @return images.
     */
    public long rejected() {
        return rejected.get();
    }

    /** A source identity is {@code address:port}; what runs on this machine's loopback is as good as any address of it. */
    boolean isAllowed(String sourceIdentity) {
        int colon = sourceIdentity.lastIndexOf(':');
        if (colon <= 0) {
            return false;
        }
        try {
            InetAddress source = InetAddress.getByName(sourceIdentity.substring(0, colon));
            return sources.contains(source) || (source.isLoopbackAddress() && hasLoopback());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean hasLoopback() {
        return sources.stream().anyMatch(InetAddress::isLoopbackAddress);
    }
}
