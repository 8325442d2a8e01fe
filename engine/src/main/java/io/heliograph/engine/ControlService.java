// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import io.heliograph.engine.bridge.IngressAgent;
import io.heliograph.engine.bridge.PathView;
import io.heliograph.engine.link.session.ReplyStatus;
import io.heliograph.engine.link.session.RequestHandler;
import io.heliograph.engine.link.session.Session;
import io.heliograph.engine.priority.Marks;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The service {@code ctl}: tells and changes what an operator of this host asks for. Nobody but processes of this host is answered,
 * and their socket only the engine's user may open.
 *
 * <p><b>Layout:</b> words in UTF-8 with tabs between them. {@code paths} is answered by a {@link PathCard} a line; {@code marks BRIDGE
 * HIGH LOW} by the marks that were, high and low, {@link Marks#NONE} for none.
 *
 * <p><b>Thread:</b> the links'.
 *
 * <p><b>Failure:</b> what cannot be is refused in words.
 */
final class ControlService implements RequestHandler {
    /** The service's name. */
    static final String NAME = "ctl";

    /** Asks for the paths. */
    static final String PATHS = "paths";

    /** Changes marks. */
    static final String MARKS = "marks";

    private static final int MOST_OCTETS = 1_024;

    private final Map<String, IngressAgent> ingresses;
    private final NanoClock clock;

    /**
     * @param ingresses the bridges that lead here, by what they are called.
     * @param clock monotonic, the ingresses' own.
     */
    ControlService(Map<String, IngressAgent> ingresses, NanoClock clock) {
        this.ingresses = new LinkedHashMap<>(ingresses);
        this.clock = clock;
    }

    @Override
    public void onRequest(Session from, long requestId, String service, DirectBuffer body, int offset, int length) {
        if (!from.permissions().isLocal()) {
            from.refuse(requestId, ReplyStatus.NOT_ALLOWED, "service " + NAME + " is for processes of this host");
            return;
        }
        byte[] octets = new byte[Math.min(length, MOST_OCTETS)];
        body.getBytes(offset, octets);
        String[] words = new String(octets, StandardCharsets.UTF_8).split("\t", -1);
        if (words[0].equals(PATHS) && words.length == 1) {
            answer(from, requestId, paths());
        } else if (words[0].equals(MARKS) && words.length == 4) {
            marks(from, requestId, words);
        } else {
            from.refuse(
                    requestId,
                    ReplyStatus.MALFORMED,
                    "this engine is asked for " + PATHS + " or " + MARKS + ", and not so: '" + String.join(" ", words)
                            + "'");
        }
    }

    private String paths() {
        long nowNs = clock.nanoTime();
        StringBuilder lines = new StringBuilder();
        ingresses.forEach((bridge, agent) -> {
            for (PathView path : agent.paths()) {
                lines.append(PathCard.of(bridge, path, nowNs).line()).append('\n');
            }
        });
        return lines.toString();
    }

    private void marks(Session from, long requestId, String[] words) {
        IngressAgent agent = ingresses.get(words[1]);
        if (agent == null) {
            String known =
                    ingresses.isEmpty() ? "none does" : "those that do: " + String.join(", ", ingresses.keySet());
            from.refuse(requestId, ReplyStatus.NOT_FOUND, "no bridge '" + words[1] + "' leads to this host; " + known);
            return;
        }
        Marks marks;
        try {
            marks = new Marks(Long.parseLong(words[2]), Long.parseLong(words[3]));
        } catch (IllegalArgumentException cannotBe) {
            from.refuse(requestId, ReplyStatus.MALFORMED, String.valueOf(cannotBe.getMessage()));
            return;
        }
        agent.marks(marks, before -> from.execute(() -> answer(from, requestId, before.high() + "\t" + before.low())));
    }

    private static void answer(Session to, long requestId, String words) {
        byte[] octets = words.getBytes(StandardCharsets.UTF_8);
        if (!to.reply(requestId, ReplyStatus.OK, true, new UnsafeBuffer(octets), 0, octets.length)
                && to.isWanted(requestId)) {
            to.refuse(requestId, ReplyStatus.BUSY, "the connection does not take the answer; ask again");
        }
    }
}
