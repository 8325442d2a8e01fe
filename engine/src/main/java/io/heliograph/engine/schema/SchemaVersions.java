// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.schema;

/**
 * How long each message's block is at least, by the version of the schema that it was written with.
 *
 * <p>A generated decoder reads a field when the header's version has it, whatever the header's block length says; this
 * table is what makes that safe. One column a version: whoever raises the schema's {@code version} adds a column here,
 * and a test fails until the newest column says what the generated codecs say.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SchemaVersions {
    /** The newest version with a column here. */
    static final int NEWEST = 1;

    private static final int TEMPLATES = 256;

    /** Block lengths of version 1 by template id; 0 for ids that are not given. */
    private static final byte[] VERSION_1 = new byte[TEMPLATES];

    static {
        byte[] lengths = {0, 13, 27, 18, 33, 16, 41, 24, 20, 40, 38, 20, 35, 36, 56, 29, 13, 24, 32};
        System.arraycopy(lengths, 0, VERSION_1, 0, lengths.length);
    }

    private SchemaVersions() {}

    static boolean isKnown(int templateId) {
        return VERSION_1[templateId] != 0;
    }

    /**
     * The shortest block that a decoder may be let loose on.
     *
     * @param templateId 0 to 255.
     * @param version of the header, 0 to 255; one later than {@link #NEWEST} has at least what the newest has.
     * @return octets; 0 for unknown templates; more than a block can have for version 0, which never was.
     */
    static int minimumBlockLength(int templateId, int version) {
        return version == 0 ? TEMPLATES : VERSION_1[templateId];
    }
}
