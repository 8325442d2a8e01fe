// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import io.heliograph.engine.wire.LinkFrame;
import io.heliograph.engine.wire.LinkFraming;
import org.agrona.DirectBuffer;

/**
 * Words for what is wrong with a frame.
 *
 * <p><b>Thread:</b> static functions.
 */
final class FrameFaults {
    private FrameFaults() {}

    static String words(int reason, DirectBuffer buffer, int offset) {
        int type = LinkFrame.type(buffer, offset);
        return switch (reason) {
            case LinkFraming.BAD_LENGTH ->
                "a frame of type " + type + " cannot be " + LinkFrame.length(buffer, offset) + " octets long";
            case LinkFraming.UNKNOWN_VERSION -> "version " + LinkFrame.version(buffer, offset) + " is not known";
            case LinkFraming.UNKNOWN_TYPE -> "type " + type + " is not known";
            case LinkFraming.BAD_FLAGS -> "a frame of type " + type + " has no such flag, or fills what stays 0";
            case LinkFraming.BAD_NAME -> "a frame of type " + type + " has a name that is none";
            case LinkFraming.BAD_PACKET -> "a packet is malformed, or of another stream than its frame";
            default -> "a field of a frame of type " + type + " is out of its range";
        };
    }
}
