// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.bench.subject;

import io.heliograph.perf.bench.control.ControlLine;

/** Opens an end of what is measured, as an {@code open} line says. <b>Thread:</b> the process's main thread. */
public final class Subjects {
    /** The product. */
    public static final String HELIOGRAPH = "heliograph";

    /** What it is measured against: the transport alone. */
    public static final String AERON = "aeron";

    /** The product, with as many streams as are asked for. */
    public static final String STREAMS = "streams";

    private Subjects() {}

    /**
     * Opens the sending end.
     *
     * @param settings the {@code open} line.
     * @return the sender.
     */
    public static Sender sender(ControlLine settings) {
        return switch (settings.text("subject")) {
            case AERON -> new BareSender(settings);
            case HELIOGRAPH -> new HeliographSender(settings);
            case STREAMS -> new StreamsSender(settings);
            default -> throw unknown(settings);
        };
    }

    /**
     * Opens the receiving end.
     *
     * @param settings the {@code open} line.
     * @return the receiver.
     */
    public static Receiver receiver(ControlLine settings) {
        return switch (settings.text("subject")) {
            case AERON -> new BareReceiver(settings);
            case HELIOGRAPH -> new HeliographReceiver(settings);
            case STREAMS -> new StreamsReceiver(settings);
            default -> throw unknown(settings);
        };
    }

    private static IllegalArgumentException unknown(ControlLine settings) {
        return new IllegalArgumentException("unknown subject " + settings.text("subject"));
    }
}
