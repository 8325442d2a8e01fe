// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

/**
 * Makes a process deaf to Ctrl-C, which a terminal sends to all processes in the foreground: for one whose end is another's
 * to order. SIGTERM still ends it.
 */
final class InterruptSignal {
    private InterruptSignal() {}

    /** By reflection: javac takes no way to name these classes without a warning, though every JDK has them. */
    static void ignore() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, interrupt, handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException absent) {
            System.err.println(
                    "driver: cannot ignore Ctrl-C here (" + absent + "); it ends with the engine either way");
        }
    }
}
