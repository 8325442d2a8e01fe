// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.Site;
import io.heliograph.config.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A topology's dataflow as a drawing: one panel a site, one below the other, then one a bridge, and a key to the signs.
 *
 * <p><b>Thread:</b> immutable.
 */
final class PlanDrawing {
    private static final int MARGIN = 24;
    private static final int HEAD = 64;
    private static final int FOOT = 44;

    private PlanDrawing() {}

    /** An SVG document. */
    static String of(Topology topology) {
        List<SiteDrawing> panels = new ArrayList<>();
        int y = HEAD;
        int width = 560;
        for (Site site : topology.sites()) {
            SiteDrawing panel = new SiteDrawing(topology, site, MARGIN, y, PlanText.range(topology, site));
            panels.add(panel);
            y += panel.height() + MARGIN;
            width = Math.max(width, panel.width());
        }
        List<BridgeCard> bridges = new ArrayList<>();
        for (Bridge bridge : topology.bridges()) {
            BridgeCard card = BridgeCard.of(topology, bridge, MARGIN, y);
            bridges.add(card);
            y += card.height() + MARGIN;
            width = Math.max(width, card.width());
        }
        SvgCanvas canvas = new SvgCanvas();
        String title = "topology " + topology.name();
        canvas.text("title", MARGIN, 40, topology.name())
                .text(
                        "soft",
                        MARGIN + 14 + SvgCanvas.width(topology.name(), 22),
                        40,
                        TopologyVerdict.contents(topology));
        for (SiteDrawing panel : panels) {
            panel.draw(canvas, width);
        }
        for (BridgeCard card : bridges) {
            card.draw(canvas, width);
        }
        key(canvas, y);
        return canvas.document(title, width + 2 * MARGIN, y + FOOT);
    }

    private static void key(SvgCanvas canvas, int y) {
        int x = MARGIN;
        canvas.line("wire w0", x, y, x + 28, y).text("soft", x + 38, y + 4, "carries the stream");
        x += 170;
        canvas.line("wire w0 reserve", x, y, x + 28, y)
                .dot("hollow w0", x + 14, y, 4)
                .text("soft", x + 38, y + 4, "in reserve: carries it when the one before can't");
        x += 330;
        canvas.text("soft", x, y + 4, "one colour a NIC");
    }
}
