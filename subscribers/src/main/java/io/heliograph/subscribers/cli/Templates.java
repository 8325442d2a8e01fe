// SPDX-License-Identifier: Apache-2.0
package io.heliograph.subscribers.cli;

import io.heliograph.engine.schema.SchemaWalker;
import io.heliograph.engine.schema.sbe.ImageBeginDecoder;
import io.heliograph.engine.schema.sbe.ImageEndDecoder;
import io.heliograph.engine.schema.sbe.ImbalanceDecoder;
import io.heliograph.engine.schema.sbe.InstrumentDefinitionDecoder;
import io.heliograph.engine.schema.sbe.LevelUpdateDecoder;
import io.heliograph.engine.schema.sbe.OrderAddDecoder;
import io.heliograph.engine.schema.sbe.OrderAttributionDecoder;
import io.heliograph.engine.schema.sbe.OrderDeleteDecoder;
import io.heliograph.engine.schema.sbe.OrderExecuteDecoder;
import io.heliograph.engine.schema.sbe.OrderReduceDecoder;
import io.heliograph.engine.schema.sbe.OrderReplaceDecoder;
import io.heliograph.engine.schema.sbe.QuoteDecoder;
import io.heliograph.engine.schema.sbe.StatisticsDecoder;
import io.heliograph.engine.schema.sbe.SystemEventDecoder;
import io.heliograph.engine.schema.sbe.TradeBreakDecoder;
import io.heliograph.engine.schema.sbe.TradeDecoder;
import io.heliograph.engine.schema.sbe.TradingStatusDecoder;
import io.heliograph.engine.schema.sbe.VenueMessageDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * Names, counts and prints normalised messages by their template.
 *
 * <p><b>Thread:</b> one owner: the one that handles the stream's messages.
 *
 * <p><b>Allocation:</b> none for counting; free for printing.
 */
final class Templates {
    private static final int IDS = 256;
    private static final String SUFFIX = "Decoder";

    private final MessageDecoderFlyweight[] decoders = new MessageDecoderFlyweight[IDS];
    private final long[] counts = new long[IDS];

    Templates() {
        List.<MessageDecoderFlyweight>of(
                        new VenueMessageDecoder(),
                        new InstrumentDefinitionDecoder(),
                        new TradingStatusDecoder(),
                        new OrderAddDecoder(),
                        new OrderAttributionDecoder(),
                        new OrderExecuteDecoder(),
                        new OrderReduceDecoder(),
                        new OrderDeleteDecoder(),
                        new OrderReplaceDecoder(),
                        new TradeDecoder(),
                        new TradeBreakDecoder(),
                        new LevelUpdateDecoder(),
                        new QuoteDecoder(),
                        new ImbalanceDecoder(),
                        new StatisticsDecoder(),
                        new SystemEventDecoder(),
                        new ImageBeginDecoder(),
                        new ImageEndDecoder())
                .forEach(decoder -> decoders[decoder.sbeTemplateId()] = decoder);
    }

    void count(int templateId) {
        counts[templateId]++;
    }

    /** Templates that were seen, by name, in the order of their names. */
    Map<String, Long> byType() {
        Map<String, Long> byType = new TreeMap<>();
        for (int id = 0; id < IDS; id++) {
            if (counts[id] > 0) {
                byType.put(name(id), counts[id]);
            }
        }
        return byType;
    }

    /** The message that the walker stands at: its name, then its fields as {@code name=value}, blanks between. */
    String text(SchemaWalker walker) {
        MessageDecoderFlyweight decoder = decoders[walker.templateId()];
        decoder.wrap(walker.buffer(), walker.blockOffset(), walker.blockLength(), walker.version());
        StringBuilder all = decoder.appendTo(new StringBuilder());
        String fields = all.substring(all.indexOf("):") + 2).replace('|', ' ');
        return name(walker.templateId()) + " " + fields;
    }

    private String name(int templateId) {
        String type = decoders[templateId].getClass().getSimpleName();
        return type.substring(0, type.length() - SUFFIX.length());
    }
}
