// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.intake;

import io.aeron.Publication;
import io.heliograph.engine.testkit.LineDouble;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketKind;
import org.agrona.DirectBuffer;

/** Takes packets apart at the end of a line and hands each message on; it pushes back as often as it is told to. */
final class MessageTaker implements LineDouble.Offer {
    interface Messages {
        void onMessage(DirectBuffer buffer, int offset, int length);
    }

    private final Messages messages;
    private final int refusals;
    private int refused;
    long packets;

    MessageTaker(int refusals, Messages messages) {
        this.refusals = refusals;
        this.messages = messages;
    }

    @Override
    public long offer(DirectBuffer buffer, int offset, int length) {
        if (PacketFlyweight.kind(buffer, offset) != PacketKind.DATA) {
            return 1;
        }
        if (refused < refusals) {
            refused++;
            return Publication.BACK_PRESSURED;
        }
        refused = 0;
        packets++;
        int at = offset + PacketFlyweight.HEADER_LENGTH;
        for (int i = PacketFlyweight.count(buffer, offset); i > 0; i--) {
            int messageLength = PacketFlyweight.messageLength(buffer, at);
            messages.onMessage(buffer, at + PacketFlyweight.LENGTH_PREFIX, messageLength);
            at += PacketFlyweight.LENGTH_PREFIX + messageLength;
        }
        return packets;
    }
}
