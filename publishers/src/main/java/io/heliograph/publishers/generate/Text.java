// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.generate;

/**
 * Short texts of ITCH as the integers that they are written as: ASCII, the first octet in the high byte.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Text {
    static final int BLANK = text4("    ");
    static final int PAUSE = text4("LUDP");

    private static final int[] PARTICIPANTS = {text4("GSCO"), text4("MSCO"), text4("CDRG"), text4("VIRT")};

    private Text() {}

    static int participant(long bits) {
        return PARTICIPANTS[(int) bits & (PARTICIPANTS.length - 1)];
    }

    private static int text4(String text) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << Byte.SIZE | text.charAt(i);
        }
        return value;
    }
}
