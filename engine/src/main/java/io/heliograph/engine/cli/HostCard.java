// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import io.heliograph.config.Host;
import io.heliograph.config.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A host in the drawing of a site: its name, its driver, and a row for each NIC, which wires lead from or to.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param host drawn.
 * @param x left edge, px.
 * @param y upper edge, px.
 * @param width px.
 */
record HostCard(Host host, int x, int y, int width) {
    private static final int HEAD = 36;
    private static final int ROW = 24;
    private static final int GAP = 18;

    /** Cards one below the other, in the middle of a height. */
    static List<HostCard> column(List<Host> hosts, int x, int top, int height, int width) {
        int y = top + (height - columnHeight(hosts)) / 2;
        List<HostCard> cards = new ArrayList<>();
        for (Host host : hosts) {
            HostCard card = new HostCard(host, x, y, width);
            cards.add(card);
            y += card.height() + GAP;
        }
        return cards;
    }

    static int columnHeight(List<Host> hosts) {
        return hosts.stream().mapToInt(host -> height(host) + GAP).sum() - (hosts.isEmpty() ? 0 : GAP);
    }

    /** What the widest of some hosts needs. */
    static int width(List<Host> hosts) {
        int width = 150;
        for (Host host : hosts) {
            width = Math.max(width, 44 + SvgCanvas.width(host.name(), 14) + SvgCanvas.width(driver(host), 12));
            for (Nic nic : host.nics()) {
                width = Math.max(width, 64 + SvgCanvas.width(nic.name() + nic.address(), 12));
            }
        }
        return width;
    }

    int height() {
        return height(host);
    }

    /** Where the wire of a NIC meets the card. */
    int wireY(String nic) {
        for (int i = 0; i < host.nics().size(); i++) {
            if (host.nics().get(i).name().equals(nic)) {
                return y + HEAD + ROW * i + ROW / 2;
            }
        }
        throw new IllegalArgumentException("host " + host.name() + " has no NIC " + nic);
    }

    int right() {
        return x + width;
    }

    void draw(SvgCanvas canvas, Map<String, Integer> colours) {
        canvas.box("card", x, y, width, height(), 8)
                .text("name", x + 14, y + 23, host.name())
                .text("soft end", right() - 14, y + 23, driver(host))
                .line("rule", x + 1, y + HEAD - 2, right() - 1, y + HEAD - 2);
        for (Nic nic : host.nics()) {
            int middle = wireY(nic.name());
            Integer colour = colours.get(nic.name());
            canvas.begin("NIC " + nic.name() + " of host " + host.name() + ": " + nic.address() + ", MTU " + nic.mtu()
                            + ", " + nic.mode().name().toLowerCase(Locale.ROOT))
                    .dot(colour == null ? "soft" : "n" + colour, x + 18, middle, 5)
                    .text("mono", x + 32, middle + 4, nic.name())
                    .text(
                            "mono soft end",
                            right() - 14,
                            middle + 4,
                            nic.address().toString())
                    .end();
        }
    }

    private static int height(Host host) {
        return HEAD + ROW * host.nics().size() + 6;
    }

    private static String driver(Host host) {
        return switch (host.engine().driver()) {
            case EXTERNAL -> "external driver";
            case ENGINE -> "driver in engine";
            default -> "driver " + host.engine().driver().name().toLowerCase(Locale.ROOT);
        };
    }
}
