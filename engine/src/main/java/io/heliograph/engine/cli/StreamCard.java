// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Lines;
import io.heliograph.config.Stream;
import io.heliograph.config.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stream in the drawing of a site: its name, how it takes its lines, and a row for each line with group and port. A carrier
 * is one card, with a row for each of its streams above.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param stream drawn; of a carrier its first.
 * @param about its id, and how it takes its lines in the site.
 * @param carried the streams of a carrier; none of a stream with lines of its own.
 * @param lines of it.
 * @param x left edge, px.
 * @param y upper edge, px.
 * @param width px.
 */
record StreamCard(Stream stream, String about, List<Stream> carried, List<PlannedLine> lines, int x, int y, int width) {
    private static final int HEAD = 36;
    private static final int ROW = 24;
    private static final int GAP = 18;

    /** A carrier's card names so many streams, and counts the rest. */
    private static final int MOST_NAMED = 12;

    private static final int NAME_ROW = 18;

    /** Cards one below the other, in the middle of a height. */
    static List<StreamCard> column(
            Topology topology, String site, List<Stream> streams, int x, int top, int height, int width) {
        int y = top + (height - columnHeight(topology, site, streams)) / 2;
        List<StreamCard> cards = new ArrayList<>();
        for (Stream stream : streams) {
            List<Stream> carried = carried(topology, stream);
            String about = about(topology, site, stream, carried);
            StreamCard card =
                    new StreamCard(stream, about, carried, PlannedLine.of(topology, stream, site), x, y, width);
            cards.add(card);
            y += card.height() + GAP;
        }
        return cards;
    }

    static int columnHeight(Topology topology, String site, List<Stream> streams) {
        int height = streams.stream()
                .mapToInt(stream -> height(
                                carried(topology, stream).size(),
                                PlannedLine.of(topology, stream, site).size())
                        + GAP)
                .sum();
        return height - (streams.isEmpty() ? 0 : GAP);
    }

    /** What the widest of some streams needs. */
    static int width(Topology topology, String site, List<Stream> streams) {
        int width = 300;
        for (Stream stream : streams) {
            List<Stream> carried = carried(topology, stream);
            String about = about(topology, site, stream, carried);
            width = Math.max(width, 60 + SvgCanvas.width(title(stream), 14) + SvgCanvas.width(about, 12));
            for (Stream each : carried) {
                width = Math.max(width, 60 + SvgCanvas.width(each.name() + "id " + each.id(), 12));
            }
            for (PlannedLine line : PlannedLine.of(topology, stream, site)) {
                width = Math.max(
                        width, 84 + SvgCanvas.width(line.line().address().text() + line.carries(), 12));
            }
        }
        return width;
    }

    int height() {
        return height(carried.size(), lines.size());
    }

    /** Where the wires of a line meet the card, left and right. */
    int wireY(PlannedLine line) {
        return y + HEAD + namesHeight(carried.size()) + ROW * line.line().index() + ROW / 2;
    }

    int right() {
        return x + width;
    }

    void draw(SvgCanvas canvas, Map<String, Integer> colours) {
        canvas.box("card", x, y, width, height(), 8)
                .text("name", x + 14, y + 23, title(stream))
                .text("soft end", right() - 14, y + 23, about)
                .line("rule", x + 1, y + HEAD - 2, right() - 1, y + HEAD - 2);
        drawCarried(canvas);
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

    private void drawCarried(SvgCanvas canvas) {
        int rowY = y + HEAD + NAME_ROW - 4;
        for (int i = 0; i < carried.size() && i < MOST_NAMED; i++) {
            canvas.text("", x + 14, rowY, carried.get(i).name())
                    .text("soft end", right() - 14, rowY, "id " + carried.get(i).id());
            rowY += NAME_ROW;
        }
        if (carried.size() > MOST_NAMED) {
            canvas.text("soft", x + 14, rowY, "and " + (carried.size() - MOST_NAMED) + " more");
        }
        if (!carried.isEmpty()) {
            int ruleY = y + HEAD + namesHeight(carried.size()) - 2;
            canvas.line("rule", x + 1, ruleY, right() - 1, ruleY);
        }
    }

    private static List<Stream> carried(Topology topology, Stream stream) {
        return stream.carrier() == null ? List.of() : topology.carried(stream.carrier());
    }

    private static int height(int carried, int lines) {
        return HEAD + namesHeight(carried) + ROW * lines + 6;
    }

    private static int namesHeight(int carried) {
        int rows = Math.min(carried, MOST_NAMED + 1);
        return rows == 0 ? 0 : NAME_ROW * rows + 8;
    }

    private static String title(Stream stream) {
        return stream.carrier() == null ? stream.name() : stream.linesOwner();
    }

    private static String about(Topology topology, String site, Stream stream, List<Stream> carried) {
        LinePolicy policy = Lines.policy(topology, stream, site);
        String join = policy == LinePolicy.SPREAD ? ", join " + word(stream.join()) : "";
        String from =
                topology.bridgesInto(site, stream).stream().map(Bridge::from).collect(Collectors.joining(" and "));
        String which = carried.isEmpty()
                ? "id " + stream.id()
                : carried.size() + (carried.size() == 1 ? " stream" : " streams");
        return which + ", " + word(policy) + join + (from.isEmpty() ? "" : ", from " + from);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
