// SPDX-License-Identifier: Apache-2.0
package io.heliograph.perf.demo;

import io.heliograph.config.Line;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.List;

/**
 * Both sites of the demo as a drawing of 80 columns.
 *
 * <p><b>Thread:</b> immutable.
 */
final class DemoDrawing {
    private final String text;

    DemoDrawing(Topology topology) {
        Stream stream = topology.streams().get(0);
        List<Line> near = Lines.of(topology, stream, "ny");
        List<Line> far = Lines.of(topology, stream, "ldn");
        text = """

              site ny               +- line A %-20s -+-> subscriber 1
                source - publisher -+                               +-> subscriber 2
                                    +- line B %-20s -+-> subscriber 3, late
                                              :                     +-> subscriber 4,
                        journal of ny1 :::::::+::::::: journal of ny2   killed, back
                              |                               |
                            path 1                          path 2
                              |                               |
              site ldn        +------------- ldn1 ------------+
                                               |
                                    +- line A %-20s -+
                                    +- line B %-20s -+-> subscriber 5

            """.formatted(address(near, 0), address(near, 1), address(far, 0), address(far, 1));
    }

    @Override
    public String toString() {
        return text;
    }

    private static String address(List<Line> lines, int index) {
        Line line = lines.get(index);
        return line.group().getHostAddress() + ":" + line.port();
    }
}
