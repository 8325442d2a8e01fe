// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.cli;

import java.util.Locale;

/**
 * A drawing that grows shape by shape and ends as one SVG document that needs nothing but itself. Colours stand in its style
 * sheet, for light and for dark surroundings; shapes name classes of it. Text is escaped here and nowhere else.
 *
 * <p><b>Thread:</b> one owner: the thread that draws.
 */
final class SvgCanvas {
    /** How many colours there are to tell NICs apart, classes {@code n0} and up. */
    static final int COLOURS = 8;

    /** Of Okabe and Ito, told apart by eyes that see red and green alike, on white and on black. */
    private static final String[] PALETTE = {
        "#0b84c6", "#e0701a", "#12a37a", "#c667a0", "#c9980e", "#6f74d8", "#4fb3d9", "#9a7b5b"
    };

    private static final String STYLE = """
            text { font-family: system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; font-size: 12px; fill: #26323d; }
            .title { font-size: 20px; font-weight: 600; }
            .name { font-size: 14px; font-weight: 600; }
            .mono { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
            .soft { fill: #66727d; }
            .badge { font-size: 11px; font-weight: 700; fill: #ffffff; text-anchor: middle; }
            .end { text-anchor: end; }
            .paper { fill: #ffffff; }
            .panel { fill: #f5f7f9; stroke: #dde3e8; }
            .card { fill: #ffffff; stroke: #cbd3da; }
            .rule { stroke: #e4e9ed; }
            .halo { stroke: #f5f7f9; stroke-width: 7; }
            .wire { stroke-width: 2; stroke-linecap: round; fill: none; }
            .hollow { fill: #f5f7f9; stroke-width: 2; }
            .reserve { stroke-dasharray: 2 5; }
            @media (prefers-color-scheme: dark) {
              text { fill: #dfe6ec; }
              .soft { fill: #96a3af; }
              .badge { fill: #ffffff; }
              .paper { fill: #12171c; }
              .panel { fill: #1a2127; stroke: #2b353e; }
              .card { fill: #222b33; stroke: #3a4650; }
              .rule { stroke: #313c46; }
              .halo { stroke: #1a2127; }
              .hollow { fill: #1a2127; }
            }
            """;

    private final StringBuilder shapes = new StringBuilder(8192);

    /** The width of a text in px, never less than what browsers make of it. */
    static int width(String text, int fontPx) {
        return (text.length() * fontPx * 62 + 99) / 100;
    }

    SvgCanvas box(String css, int x, int y, int width, int height, int radius) {
        shapes.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
                css,
                x,
                y,
                width,
                height,
                radius));
        return this;
    }

    /** A text whose base line begins (with class {@code end}: ends) at a point. */
    SvgCanvas text(String css, int x, int y, String text) {
        shapes.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", css, x, y, escape(text)));
        return this;
    }

    SvgCanvas line(String css, int fromX, int fromY, int toX, int toY) {
        shapes.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n",
                css,
                fromX,
                fromY,
                toX,
                toY));
        return this;
    }

    SvgCanvas dot(String css, int x, int y, int radius) {
        shapes.append(
                String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n", css, x, y, radius));
        return this;
    }

    /** An arrow's head that points right. */
    SvgCanvas head(String css, int tipX, int y) {
        shapes.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"M%d %d l-8 -4 v8 z\"/>\n", css, tipX, y));
        return this;
    }

    /** Everything that another canvas holds, on top of what is here. */
    SvgCanvas add(SvgCanvas other) {
        shapes.append(other.shapes);
        return this;
    }

    /** What follows belongs together and is explained where a pointer rests on it. */
    SvgCanvas begin(String explanation) {
        shapes.append("<g><title>").append(escape(explanation)).append("</title>\n");
        return this;
    }

    SvgCanvas end() {
        shapes.append("</g>\n");
        return this;
    }

    /** The whole document. */
    String document(String title, int width, int height) {
        StringBuilder colours = new StringBuilder();
        for (int i = 0; i < COLOURS; i++) {
            colours.append(String.format(
                    Locale.ROOT, ".n%d { fill: %s; }\n.w%d { stroke: %s; }\n", i, PALETTE[i], i, PALETTE[i]));
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\""
                                + " viewBox=\"0 0 %d %d\">\n",
                        width,
                        height,
                        width,
                        height)
                + "<title>" + escape(title) + "</title>\n<style>\n" + STYLE + colours + "</style>\n"
                + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n" + shapes + "</svg>\n";
    }

    /** The text as XML may hold it, in elements and in attributes. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isXml(point) ? point : '\uFFFD');
            }
        });
        return safe.toString();
    }

    private static boolean isXml(int point) {
        boolean isControl = point < 0x20 && point != '\t' && point != '\n' && point != '\r';
        boolean isSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return !isControl && !isSurrogate && point != 0xFFFE && point != 0xFFFF;
    }
}
