// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.aeron.Image;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import io.aeron.logbuffer.FragmentHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

/**
 * A line's images, of which only those are polled whose source address is one that the topology names for the stream: looked
 * at once, when an image appears and before anything of it is read.
 *
 * <p>Any other image is never read, and the driver is asked to reject it, which tells its publisher why. That cannot be done
 * where Aeron announces an image, inside a callback; so images that come and go are only noted there, and followed by the
 * thread that polls.
 *
 * <p>Multicast is neither encrypted nor authenticated, so this stops mistakes and not attackers.
 *
 * <p><b>Thread:</b> one owner, the thread that polls; {@link #onAvailable} and {@link #onUnavailable} any thread.
 *
 * <p><b>Allocation:</b> with each image that comes or goes, none else.
 */
public final class ImageGate {
    private static final Image[] NONE = {};

    private final Set<InetAddress> sources;
    private final Consumer<Image> onGone;
    private final ManyToOneConcurrentLinkedQueue<Change> changed = new ManyToOneConcurrentLinkedQueue<>();
    private Image[] accepted = NONE;
    private Image[] refused = NONE;
    private int turn;
    private long refusedCount;

    /**
     * A gate for one line.
     *
     * @param sources addresses that may publish the stream on this line; empty for any.
     * @param onGone told each accepted image that is gone, read or not, on the thread that polls.
     */
    public ImageGate(Set<InetAddress> sources, Consumer<Image> onGone) {
        this.sources = Set.copyOf(sources);
        this.onGone = onGone;
    }

    /**
     * An image has appeared: Aeron's handler.
     *
     * @param image that came.
     */
    public void onAvailable(Image image) {
        changed.add(new Change(image, false));
    }

    /**
     * An image is gone: Aeron's handler.
     *
     * @param image that is closed.
     */
    public void onUnavailable(Image image) {
        changed.add(new Change(image, true));
    }

    /**
     * Reads the accepted images, in turns.
     *
     * @param handler takes the fragments.
     * @param limit at most so many fragments in all.
     * @return fragments read.
     */
    public int poll(FragmentHandler handler, int limit) {
        if (!changed.isEmpty()) {
            follow();
        }
        Image[] images = accepted;
        if (images.length == 1) {
            return images[0].poll(handler, limit);
        }
        return pollInTurns(images, handler, limit);
    }

    /**
     * Asks the driver to reject what was refused since the last call. It answers before this returns, so this belongs into
     * the slow half of a duty cycle.
     *
     * @param errorHandler told when the driver does not answer.
     * @return images refused since the last call.
     */
    public int rejectRefused(ErrorHandler errorHandler) {
        Image[] images = refused;
        refused = NONE;
        for (Image image : images) {
            try {
                image.reject("not a publisher of this stream");
            } catch (RegistrationException gone) {
                // The driver has it no longer: another subscription was faster, or its source has left.
            } catch (AeronException unanswered) {
                errorHandler.onError(unanswered);
            }
        }
        return images.length;
    }

    /**
     * The accepted images; for looking at, not for keeping.
     *
     * @return one for each publisher that is there.
     */
    public Image[] images() {
        return accepted;
    }

    /**
     * Whether an accepted image is there.
     *
     * @return true with at least one that is not closed.
     */
    public boolean isConnected() {
        if (!changed.isEmpty()) {
            follow();
        }
        for (Image image : accepted) {
            if (!image.isClosed()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Images refused so far.
     *
     * @return images.
     */
    public long refused() {
        return refusedCount;
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

    /**
     * In the order in which they came and went: a session that is gone is let go of before it may come again. One that was gone
     * before anybody looked is taken and let go of, too: a driver takes an image from a reader that is late to the first of it,
     * and whoever is not told would wait for it.
     */
    private void follow() {
        Change change = changed.poll();
        while (change != null) {
            Image image = change.image();
            if (change.isGone()) {
                leave(image);
            } else if (sources.isEmpty() || isAllowed(image.sourceIdentity())) {
                accepted = Arrays.copyOf(accepted, accepted.length + 1);
                accepted[accepted.length - 1] = image;
            } else {
                refusedCount++;
                refused = Arrays.copyOf(refused, refused.length + 1);
                refused[refused.length - 1] = image;
            }
            change = changed.poll();
        }
    }

    private void leave(Image gone) {
        int kept = 0;
        Image[] left = new Image[accepted.length];
        for (Image image : accepted) {
            if (image.equals(gone)) {
                onGone.accept(gone);
            } else {
                left[kept++] = image;
            }
        }
        accepted = Arrays.copyOf(left, kept);
    }

    private int pollInTurns(Image[] images, FragmentHandler handler, int limit) {
        int fragments = 0;
        int image = turn < images.length ? turn : 0;
        turn = image + 1;
        for (int i = 0; i < images.length && fragments < limit; i++) {
            fragments += images[image].poll(handler, limit - fragments);
            image = image + 1 == images.length ? 0 : image + 1;
        }
        return fragments;
    }

    private boolean hasLoopback() {
        return sources.stream().anyMatch(InetAddress::isLoopbackAddress);
    }

    private record Change(Image image, boolean isGone) {}
}
