// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.LinePolicy;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A stream in the drawing of a site: its name, how it takes its lines, and a row for each line with group and port.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream drawn.
 * @param lines of it.
 * @param x left edge, px.
 * @param y upper edge, px.
 * @param width px.
 */
record StreamCard(Stream stream, List<PlannedLine> lines, int x, int y, int width) {
    private static final int HEAD = 36;
    private static final int ROW = 24;
    private static final int GAP = 18;

    /** Cards one below the other, in the middle of a height. */
    static List<StreamCard> column(Topology topology, List<Stream> streams, int x, int top, int height, int width) {
        int y = top + (height - columnHeight(topology, streams)) / 2;
        List<StreamCard> cards = new ArrayList<>();
        for (Stream stream : streams) {
            StreamCard card = new StreamCard(stream, PlannedLine.of(topology, stream), x, y, width);
            cards.add(card);
            y += card.height() + GAP;
        }
        return cards;
    }

    static int columnHeight(Topology topology, List<Stream> streams) {
        int height = streams.stream()
                .mapToInt(stream -> height(PlannedLine.of(topology, stream).size()) + GAP)
                .sum();
        return height - (streams.isEmpty() ? 0 : GAP);
    }

    /** What the widest of some streams needs. */
    static int width(Topology topology, List<Stream> streams) {
        int width = 300;
        for (Stream stream : streams) {
            width = Math.max(width, 60 + SvgCanvas.width(stream.name(), 14) + SvgCanvas.width(about(stream), 12));
            for (PlannedLine line : PlannedLine.of(topology, stream)) {
                width = Math.max(
                        width, 84 + SvgCanvas.width(line.line().address().text() + line.carries(), 12));
            }
        }
        return width;
    }

    int height() {
        return height(lines.size());
    }

    /** Where the wires of a line meet the card, left and right. */
    int wireY(PlannedLine line) {
        return y + HEAD + ROW * line.line().index() + ROW / 2;
    }

    int right() {
        return x + width;
    }

    void draw(SvgCanvas canvas, Map<String, Integer> colours) {
        canvas.box("card", x, y, width, height(), 8)
                .text("name", x + 14, y + 23, stream.name())
                .text("soft end", right() - 14, y + 23, about(stream))
                .line("rule", x + 1, y + HEAD - 2, right() - 1, y + HEAD - 2);
        for (PlannedLine line : lines) {
            int middle = wireY(line);
            canvas.begin("line " + line.line().name() + ": " + line.why() + "; control " + line.control())
                    .box("n" + colours.get(line.line().nic()), x + 14, middle - 8, 22, 16, 4)
                    .text("badge", x + 25, middle + 4, line.line().name())
                    .text("mono", x + 46, middle + 4, line.line().address().text())
                    .text("soft end", right() - 14, middle + 4, line.carries())
                    .end();
        }
    }

    private static int height(int lines) {
        return HEAD + ROW * lines + 6;
    }

    private static String about(Stream stream) {
        String join = stream.lines() == LinePolicy.SPREAD ? ", join " + word(stream.join()) : "";
        return "id " + stream.id() + ", " + word(stream.lines()) + join;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
