// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.config.HostPlace;
import io.heliograph.config.Topology;
import io.heliograph.engine.link.LinkAddress;
import io.heliograph.engine.link.LinkClient;
import io.heliograph.engine.link.LinkNode;
import io.heliograph.engine.link.LinkTransport;
import io.heliograph.engine.link.session.ReplyHandler;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.media.DriverDirectories;
import io.heliograph.engine.priority.Marks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What an operator can ask of the running engine of this host, and change: over the Unix domain socket beside its driver's
 * directory, which only the engine's user may open.
 *
 * <p><b>Thread:</b> any; each call waits for its answer, 5 s at most.
 *
 * <p><b>Failure:</b> {@link HeliographException} in words: no engine, or why it refuses.
 */
public final class EngineControl {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final HostPlace place;
    private final LinkAddress socket;

    /**
     * Nobody is asked so far.
     *
     * @param topology that the host is in.
     * @param place the host that this machine is.
     */
    public EngineControl(Topology topology, HostPlace place) {
        this.place = place;
        this.socket = LinkAddress.beside(
                DriverDirectories.of(topology.name(), place.host().name()));
    }

    /**
     * The paths of the bridges that lead to this host.
     *
     * @return in the order of the topology.
     */
    public List<PathCard> paths() {
        try {
            return ask(ControlService.PATHS).lines().map(PathCard::parse).toList();
        } catch (IllegalArgumentException other) {
            throw new HeliographException("the engine answers as another version would (" + other.getMessage()
                    + "); start it anew with this one");
        }
    }

    /**
     * Changes the marks of a bridge's paths.
     *
     * @param bridge what the host calls it: the site that it comes from.
     * @param marks from now on, until the engine ends.
     * @return what they were.
     */
    public Marks marks(String bridge, Marks marks) {
        String[] were = ask(ControlService.MARKS + "\t" + bridge + "\t" + marks.high() + "\t" + marks.low())
                .split("\t", -1);
        return new Marks(Long.parseLong(were[0]), Long.parseLong(were[1]));
    }

    private String ask(String words) {
        String host = place.host().name();
        if (socket instanceof LinkAddress.Unix file && Files.notExists(file.path())) {
            throw nobody("there is no such socket");
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        LinkNode node = new LinkNode(host, place.site().name());
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        try (LinkTransport transport = LinkTransport.start();
                LinkClient client = LinkClient.connect(transport, node, host, List.of(socket), event -> {})) {
            client.request(
                    ControlService.NAME, new UnsafeBuffer(octets), 0, octets.length, TIMEOUT_NS, new Answer(answer));
            return answer.get(2 * TIMEOUT_NS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException refused) {
            Throwable why = refused.getCause();
            throw new HeliographException(String.valueOf(why == null ? refused.getMessage() : why.getMessage()));
        } catch (TimeoutException late) {
            throw new HeliographException("the engine of host " + host + " did not answer at " + socket);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HeliographException("interrupted before the engine of host " + host + " answered");
        }
    }

    private HeliographException nobody(String why) {
        String host = place.host().name();
        return new HeliographException("no engine of host " + host + " answers at " + socket + " (" + why
                + "); heliograph engine --topology FILE --host " + host + " starts one, and only its user may ask it");
    }

    /** Takes the one page. */
    private final class Answer implements ReplyHandler {
        private final CompletableFuture<String> to;

        Answer(CompletableFuture<String> to) {
            this.to = to;
        }

        @Override
        public void onReply(long id, int status, boolean isLast, DirectBuffer body, int offset, int length) {
            byte[] octets = new byte[length];
            body.getBytes(offset, octets);
            String words = new String(octets, StandardCharsets.UTF_8);
            if (status == ReplyStatus.OK) {
                to.complete(words);
            } else {
                to.completeExceptionally(new HeliographException("the engine refuses: " + words));
            }
        }

        @Override
        public void onLost(long id, String why) {
            to.completeExceptionally(nobody(why));
        }
    }
}
