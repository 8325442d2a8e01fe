// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.node;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.bench.subject.Subjects;

/** Makes the work that an {@code open} asks for. <b>Thread:</b> the process's main thread. */
final class NodeWorks {
    private NodeWorks() {}

    static NodeWork open(ControlLine settings) {
        return switch (settings.text("role")) {
            case "send-flat-out" -> new FlatOutSending(Subjects.sender(settings));
            case "receive-flat-out" -> new FlatOutReceiving(Subjects.receiver(settings));
            case "send-paced" -> new PacedSending(Subjects.sender(settings));
            case "receive-paced" -> new PacedReceiving(Subjects.receiver(settings));
            case "decode" -> new Decoding(settings);
            case "book" -> new Booking(settings);
            case "journal" -> new JournalWork(settings);
            case "join" -> new JoinWork(settings);
            default -> throw new IllegalArgumentException("unknown role " + settings.text("role"));
        };
    }
}
