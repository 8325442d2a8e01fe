// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Bridge;
import io.heliograph.config.BridgePath;
import io.heliograph.config.Topology;
import java.util.List;

/**
 * A bridge as a panel of the drawing: what it carries, and a row for each path, an arrow from the host whose journal is read to
 * the one that sends on its site's lines, with the priority on it. Paths that are used only when others are not are dotted.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param bridge drawn.
 * @param streams that it carries, for people.
 * @param connects who connects to whom and where, of each path.
 * @param x left edge, px.
 * @param y upper edge, px.
 */
record BridgeCard(Bridge bridge, String streams, List<String> connects, int x, int y) {
    private static final int PAD = 24;
    private static final int HEAD = 84;
    private static final int ROW = 40;
    private static final int ARROW = 150;
    private static final int HOST_HEIGHT = 28;
    private static final int MOST_NAMED = 6;

    static BridgeCard of(Topology topology, Bridge bridge, int x, int y) {
        List<String> names = BridgeText.carried(topology, bridge);
        int more = names.size() - MOST_NAMED;
        String streams = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
        List<String> connects = bridge.paths().stream()
                .map(path -> path.opener() + " connects to " + BridgeText.places(topology, path)
                        + (BridgeText.hasBuffer(path) ? ", buffer " + BridgeText.buffer(path) : ""))
                .toList();
        return new BridgeCard(bridge, streams, connects, x, y);
    }

    int height() {
        return HEAD + ROW * bridge.paths().size() + PAD / 2;
    }

    int width() {
        int rows = connects.stream()
                .mapToInt(words -> SvgCanvas.width(words, 12))
                .max()
                .orElse(0);
        int head = SvgCanvas.width(BridgeText.title(bridge), 14) + SvgCanvas.width(BridgeText.summary(bridge), 12);
        return 2 * PAD
                + Math.max(Math.max(head + 12, SvgCanvas.width(carries(), 12)), 2 * hostWidth() + ARROW + PAD + rows);
    }

    void draw(SvgCanvas canvas, int panelWidth) {
        String title = BridgeText.title(bridge);
        canvas.box("panel", x, y, panelWidth, height(), 12)
                .text("name", x + PAD, y + 32, title)
                .text("soft", x + PAD + 12 + SvgCanvas.width(title, 14), y + 32, BridgeText.summary(bridge))
                .text("soft", x + PAD, y + 58, carries());
        int first = bridge.paths().stream().mapToInt(BridgePath::level).min().orElse(0);
        for (int i = 0; i < bridge.paths().size(); i++) {
            BridgePath path = bridge.paths().get(i);
            path(canvas, path, connects.get(i), y + HEAD + ROW * i + HOST_HEIGHT / 2, path.level() > first);
        }
    }

    private void path(SvgCanvas canvas, BridgePath path, String words, int middle, boolean isReserve) {
        int arrow = x + PAD + hostWidth();
        int to = arrow + ARROW;
        int badge = arrow + ARROW / 2;
        canvas.begin("path from " + path.from() + " to " + path.to() + ", priority " + path.level() + ": " + words)
                .line("wire w0" + (isReserve ? " reserve" : ""), arrow + 2, middle, to - 8, middle)
                .head("n0", to - 1, middle)
                .box("n0", badge - 34, middle - 9, 68, 18, 9)
                .text("badge", badge, middle + 4, "priority " + path.level());
        host(canvas, path.from(), x + PAD, middle);
        host(canvas, path.to(), to, middle);
        canvas.text("soft", to + hostWidth() + PAD / 2, middle + 4, words).end();
    }

    private void host(SvgCanvas canvas, String name, int left, int middle) {
        canvas.box("card", left, middle - HOST_HEIGHT / 2, hostWidth(), HOST_HEIGHT, 8)
                .text("name", left + 14, middle + 5, name);
    }

    private int hostWidth() {
        return bridge.paths().stream()
                .flatMap(path -> List.of(path.from(), path.to()).stream())
                .mapToInt(name -> 28 + SvgCanvas.width(name, 14))
                .max()
                .orElse(0);
    }

    private String carries() {
        return "carries " + streams + " onto bond " + bridge.bond() + " of site " + bridge.to();
    }
}
