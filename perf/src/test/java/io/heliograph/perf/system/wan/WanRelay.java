// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.system.wan;

import io.heliograph.perf.bench.control.ControlLine;
import io.heliograph.perf.system.lab.Tether;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Entry of the process between the sites: a TCP relay of several paths, each of which can be disturbed by control lines: {@code cut},
 * {@code hold}, {@code refuse}, {@code stop} (reading), {@code corrupt}, each with {@code path=} and {@code on=}; {@code heal} puts
 * all right. Each is answered by {@code done} with {@code at}, the monotonic time at which it began, which all processes of the
 * machine share.
 *
 * <p><b>Thread:</b> the main thread obeys; connections have threads of their own.
 */
final class WanRelay {
    private static final long IDLE_NS = 200_000L;

    private WanRelay() {}

    /**
     * Runs the relay.
     *
     * @param args the delay each way in ms, then {@code ADDRESS:PORT=ADDRESS:PORT} for each path.
     */
    public static void main(String[] args) {
        Tether tether = Tether.tie();
        long delayNs = Long.parseLong(args[0]) * 1_000_000L;
        List<RelayPath> paths = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            String[] ends = args[i].split("=", 2);
            paths.add(new RelayPath(address(ends[0]), address(ends[1]), delayNs));
        }
        tether.answer(new ControlLine("opened"));
        while (true) {
            ControlLine command = tether.poll();
            if (command == null) {
                LockSupport.parkNanos(IDLE_NS);
            } else if (command.verb().equals(Tether.EXIT)) {
                System.exit(0);
            } else {
                long atNs = SystemNanoClock.INSTANCE.nanoTime();
                obey(command, paths);
                ControlLine answer = new ControlLine("done").with("at", atNs);
                for (int path = 0; path < paths.size(); path++) {
                    answer.with("open" + path, paths.get(path).open());
                    answer.with("changed" + path, paths.get(path).changed());
                }
                tether.answer(answer);
            }
        }
    }

    private static void obey(ControlLine command, List<RelayPath> paths) {
        if (command.verb().equals("heal")) {
            for (RelayPath path : paths) {
                path.refuse(false);
                path.hold(false);
                path.stopReading(false);
                path.corrupt(false);
            }
        }
        if (!command.has("path")) {
            return;
        }
        RelayPath path = paths.get((int) command.number("path"));
        boolean isOn = command.number("on") == 1;
        switch (command.verb()) {
            case "cut" -> path.cut(isOn);
            case "hold" -> path.hold(isOn);
            case "refuse" -> path.refuse(isOn);
            case "stop" -> path.stopReading(isOn);
            case "corrupt" -> path.corrupt(isOn);
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
