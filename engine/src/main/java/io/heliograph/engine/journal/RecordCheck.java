// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.journal;

import io.heliograph.engine.wire.BufferCrc;
import io.heliograph.engine.wire.PacketFlyweight;
import io.heliograph.engine.wire.PacketFraming;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says whether a record is what was written: the queue's own length against that of the record, magic, CRC, the packet's framing.
 *
 * <p>A packet is looked at and handed out where it was read into: no mapping, so it stays what it was when it was checked, until the
 * window moves on.
 *
 * <p><b>Thread:</b> one owner: the reader's.
 *
 * <p><b>Allocation:</b> none after construction but for the words of what is damaged.
 */
final class RecordCheck {
    /** Octets ahead of a document: its length, and what it is; documents begin at multiples of it. */
    static final int HEADER = 4;

    /** No document of data is longer. */
    static final int MAX_LENGTH =
            RecordFlyweight.HEADER_LENGTH + PacketFlyweight.MAX_PACKET_LENGTH + RecordFlyweight.MAX_PADDING;

    static final int MIN_LENGTH = RecordFlyweight.HEADER_LENGTH + PacketFlyweight.HEADER_LENGTH;

    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);
    private final BufferCrc crc = new BufferCrc();
    private final FileWindow window;
    private int length;
    private String problem = "";
    private boolean isFramed;

    RecordCheck(FileWindow window) {
        this.window = window;
    }

    /**
     * Checks the document of a header; looks once more before it is called damaged, because the window may have been filled while
     * it was written.
     *
     * @param at where the header is.
     * @param documentLength as it says.
     */
    boolean isSound(CycleFile file, long at, int documentLength) {
        return isSoundHere(file, at, documentLength, false) || isSoundHere(file, at, documentLength, true);
    }

    /** Whether a sound record begins somewhere, whatever the header before it says. */
    boolean isRecordAt(CycleFile file, long position) {
        if (!window.take(file, position, MIN_LENGTH) || window.getInt(position) != RecordFlyweight.MAGIC_AND_VERSION) {
            return false;
        }
        int stated =
                RecordFlyweight.HEADER_LENGTH + RecordFlyweight.packetLength(window.buffer(), window.offset(position));
        return stated >= MIN_LENGTH && stated <= MAX_LENGTH && isSoundHere(file, position - HEADER, stated, false);
    }

    /** The packet of the record that was sound, from 0 on; until the next look. */
    UnsafeBuffer packet() {
        return packet;
    }

    int length() {
        return length;
    }

    /** What is wrong with the record that was not. */
    String problem() {
        return problem;
    }

    /** Whether the length of the record that was not sound can be believed all the same: the queue and the record say the same. */
    boolean isFramed() {
        return isFramed;
    }

    /** Where the header behind a document is. */
    static long behind(long at, int documentLength) {
        return at + HEADER + BitUtil.align(documentLength, HEADER);
    }

    private boolean isSoundHere(CycleFile file, long at, int documentLength, boolean isAgain) {
        isFramed = false;
        long position = at + HEADER;
        if (documentLength < MIN_LENGTH || documentLength > MAX_LENGTH) {
            problem = "the queue states " + documentLength + " octets";
            return false;
        }
        boolean isThere = isAgain
                ? window.takeAgain(file, position, documentLength)
                : window.take(file, position, documentLength);
        if (!isThere) {
            problem = "the file was cut: it ends before it";
            return false;
        }
        int offset = window.offset(position);
        problem = RecordFlyweight.problem(window.buffer(), offset, documentLength);
        if (!problem.isEmpty()) {
            return false;
        }
        length = RecordFlyweight.packetLength(window.buffer(), offset);
        if (length > PacketFlyweight.MAX_PACKET_LENGTH) {
            problem = "it states a packet of " + length + " octets";
            return false;
        }
        isFramed = true;
        packet.wrap(window.buffer(), offset + RecordFlyweight.HEADER_LENGTH, length);
        if (crc.of(packet, 0, length) != RecordFlyweight.crc(window.buffer(), offset)) {
            problem = "its CRC-32C differs";
            return false;
        }
        int framing = PacketFraming.check(packet, 0, length);
        if (framing != PacketFraming.OK) {
            problem = "its packet's framing is wrong (reason " + framing + ")";
        }
        return framing == PacketFraming.OK;
    }
}
