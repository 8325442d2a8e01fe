// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.normalise;

import io.heliograph.engine.schema.sbe.InstrumentDefinitionEncoder;
import io.heliograph.engine.schema.sbe.MessageHeaderEncoder;
import io.heliograph.engine.schema.sbe.OrderAddEncoder;
import io.heliograph.engine.schema.sbe.OrderAttributionEncoder;
import io.heliograph.engine.schema.sbe.OrderDeleteEncoder;
import io.heliograph.engine.schema.sbe.OrderExecuteEncoder;
import io.heliograph.engine.schema.sbe.OrderReduceEncoder;
import io.heliograph.engine.schema.sbe.OrderReplaceEncoder;
import io.heliograph.engine.schema.sbe.VenueMessageEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * The four octets ahead of each schema message, each kind's as the one little-endian word that is stored at once.
 *
 * <p><b>Thread:</b> immutable.
 */
final class SchemaHeaders {
    /** Octets of a header. */
    static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    static final int ADD = word(OrderAddEncoder.BLOCK_LENGTH, OrderAddEncoder.TEMPLATE_ID);
    static final int ATTRIBUTION = word(OrderAttributionEncoder.BLOCK_LENGTH, OrderAttributionEncoder.TEMPLATE_ID);
    static final int EXECUTE = word(OrderExecuteEncoder.BLOCK_LENGTH, OrderExecuteEncoder.TEMPLATE_ID);
    static final int REDUCE = word(OrderReduceEncoder.BLOCK_LENGTH, OrderReduceEncoder.TEMPLATE_ID);
    static final int DELETE = word(OrderDeleteEncoder.BLOCK_LENGTH, OrderDeleteEncoder.TEMPLATE_ID);
    static final int REPLACE = word(OrderReplaceEncoder.BLOCK_LENGTH, OrderReplaceEncoder.TEMPLATE_ID);

    /** Octets of an instrument definition beside its symbol. */
    static final int DEFINITION_LENGTH =
            LENGTH + InstrumentDefinitionEncoder.BLOCK_LENGTH + InstrumentDefinitionEncoder.symbolHeaderLength();

    /** Octets of a venue message beside its body. */
    static final int VENUE_LENGTH = LENGTH + VenueMessageEncoder.BLOCK_LENGTH + VenueMessageEncoder.bodyHeaderLength();

    private SchemaHeaders() {}

    static void put(MutableDirectBuffer buffer, int offset, int word) {
        buffer.putInt(offset, word, ByteOrder.LITTLE_ENDIAN);
    }

    private static int word(int blockLength, int templateId) {
        return blockLength
                | templateId << 8
                | MessageHeaderEncoder.SCHEMA_ID << 16
                | MessageHeaderEncoder.SCHEMA_VERSION << 24;
    }
}
