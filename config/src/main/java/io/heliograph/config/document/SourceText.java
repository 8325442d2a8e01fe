// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file's text, to find where a tag and its attributes begin: a parser only tells where a tag ends.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SourceText {
    private final String text;
    private final List<Integer> lineStarts = new ArrayList<>();

    SourceText(String text) {
        this.text = text;
        lineStarts.add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isCarriageReturnAlone = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (c == '\n' || isCarriageReturnAlone) {
                lineStarts.add(i + 1);
            }
        }
    }

    /** The offset of a place that the parser named, held inside the text. */
    int offset(int line, int column) {
        int start = line < 1 || line > lineStarts.size() ? text.length() : lineStarts.get(line - 1);
        return Math.min(text.length(), start + Math.max(0, column - 1));
    }

    /** Where a tag that ends at an offset begins: no {@code <} can stand inside a tag. */
    int tagStart(int end) {
        return Math.max(0, text.lastIndexOf('<', end - 1));
    }

    Position position(int offset) {
        int low = 0;
        int high = lineStarts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Position(low + 1, offset - lineStarts.get(low) + 1);
    }

    /** Where each attribute of the tag between two offsets begins, by its name as written. */
    Map<String, Position> attributes(int start, int end) {
        Map<String, Position> positions = new HashMap<>();
        int at = skipName(start + 1, end);
        while (at < end) {
            at = skipBlanks(at, end);
            int nameStart = at;
            at = skipName(at, end);
            if (at == nameStart) {
                break;
            }
            positions.put(text.substring(nameStart, at), position(nameStart));
            at = skipValue(at, end);
        }
        return positions;
    }

    private int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private int skipName(int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) > ' ' && "=/>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private int skipValue(int from, int end) {
        int quote = skipBlanks(Math.min(end, skipBlanks(from, end) + 1), end);
        int close = quote < end ? text.indexOf(text.charAt(quote), quote + 1) : -1;
        return close < 0 || close > end ? end : close + 1;
    }
}
