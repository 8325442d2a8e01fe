// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

/**
 * Says in plain words why a text is no XML that is taken here.
 *
 * <p><b>Thread:</b> immutable.
 */
final class WellFormedness {
    private WellFormedness() {}

    static void explain(Position position, String message, Problems problems) {
        if (message.contains("DOCTYPE")) {
            problems.add(
                    position,
                    "a DOCTYPE is refused: it could pull in other files and addresses",
                    "remove it; the schema ships with this program");
        } else if (message.startsWith("Premature end of file")) {
            problems.add(position, "the file ends before its root element begins", "write a <topology> into it");
        } else if (message.startsWith("XML document structures must start and end")) {
            problems.add(position, "the file ends inside an element", "close what is open, </topology> last");
        } else if (message.startsWith("The entity \"")) {
            String entity = message.substring("The entity \"".length()).replaceFirst("\".*", "");
            problems.add(position, "&" + entity + "; is not known", "for a plain '&' write &amp;");
        } else {
            String words = message.replaceFirst("^JAXP[0-9]+: ", "").replaceFirst("\\.$", "");
            problems.add(position, "not well-formed XML: " + words, "mend the XML here or just before");
        }
    }
}
