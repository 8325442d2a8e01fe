// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.itch50;

/**
 * A market participant's standing in a security.
 *
 * <p><b>Thread:</b> one owner: whoever owns the decoder.
 *
 * <p><b>Allocation:</b> none after construction.
 *
 * <p><b>Layout:</b> big-endian, 26 octets; TotalView-ITCH 5.0, section 4.2.4.
 *
 * <pre>
 *  offset length  field                   type
 *       0      1  type 'L'                alpha
 *       1      2  stock locate            integer
 *       3      2  tracking number         integer
 *       5      6  timestamp               integer, ns since midnight
 *      11      4  mpid                    alpha
 *      15      8  stock                   alpha
 *      23      1  primary market maker    alpha
 *      24      1  market maker mode       alpha
 *      25      1  participant state       alpha
 * </pre>
 */
public final class MarketParticipantPositionFlyweight extends ItchMessage {
    /** Octets of the message, its type included. */
    public static final int LENGTH = 26;

    static final int MPID_OFFSET = 11;
    static final int STOCK_OFFSET = 15;
    static final int PRIMARY_MARKET_MAKER_OFFSET = 23;
    static final int MARKET_MAKER_MODE_OFFSET = 24;
    static final int PARTICIPANT_STATE_OFFSET = 25;

    MarketParticipantPositionFlyweight(MessageMemory memory) {
        super(memory);
    }

    /**
     * The mpid.
     *
     * @return the participant: four ASCII octets padded with blanks, the first in the high byte.
     */
    public int mpid() {
        return int32(MPID_OFFSET);
    }

    /**
     * The security's symbol.
     *
     * @return eight ASCII octets padded with blanks, the first in the high byte.
     */
    public long stock() {
        return int64(STOCK_OFFSET);
    }

    /**
     * The primary market maker.
     *
     * @return Y or N.
     */
    public byte primaryMarketMaker() {
        return int8(PRIMARY_MARKET_MAKER_OFFSET);
    }

    /**
     * The market maker mode.
     *
     * @return N, P, S, R or L.
     */
    public byte marketMakerMode() {
        return int8(MARKET_MAKER_MODE_OFFSET);
    }

    /**
     * The participant state.
     *
     * @return A, E, W, S or D.
     */
    public byte participantState() {
        return int8(PARTICIPANT_STATE_OFFSET);
    }
}
