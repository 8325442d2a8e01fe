// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.net;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The places of a site's multicast range: the one formula by which every host finds the groups of a stream by itself.
 *
 * <p>Place p has the data group base + 2p + 1, which Aeron wants odd, the control group next to it, and the port 20000 +
 * p. Line k of stream s has the place (8 s + k) modulo the places: a function of the stream alone, so that adding one
 * moves no other. A carrier, whose streams share its lines, has a number made of its name in place of the id. A /20 holds 4,096 addresses and thus 2,047 places: base + 2 * 2046 + 2 is its last but one address.
 *
 * <p><b>Thread:</b> immutable.
 *
 * <p>A line by unicast takes the port of its place and no group.
 *
 * @param range aligned, of multicast addresses, /16 to /30.
 */
public record Places(Subnet range) {
    /**
     * Of a site without a range: as many places as a /18 has, so that their ports, 20000 to 28190, lie below those that
     * Linux gives to whoever asks for any (32768 and up).
     */
    public static final Places WITHOUT_RANGE = new Places(new Subnet(0, 18));

    /** Lines that a stream can have: the places between one stream's first and the next's. */
    public static final int LINES_PER_STREAM = 8;

    /** The port of place 0. */
    public static final int FIRST_PORT = 20000;

    /** The longest prefix of a range that holds a place: 4 addresses. */
    public static final int MAX_PREFIX_LENGTH = 30;

    /** The shortest: 32,767 places, whose ports end at 52,766. A /15 would run over the end of the ports. */
    public static final int MIN_PREFIX_LENGTH = 16;

    /** Places of the largest range. */
    public static final int MAX_COUNT = (1 << 15) - 1;

    /**
     * How many places the range holds.
     *
     * @return 1 and up.
     */
    public int count() {
        return (int) (range.size() / 2 - 1);
    }

    /**
     * The place of a line.
     *
     * @param streamId 1 and up.
     * @param line 0 for A, 1 for B and so on.
     * @return 0 to {@link #count()} - 1.
     */
    public int place(int streamId, int line) {
        return (int) (((long) LINES_PER_STREAM * streamId + line) % count());
    }

    /**
     * The number by which a carrier's lines are found, as those of a stream are by its id: a function of its name alone.
     *
     * @param carrier its name.
     * @return CRC-32C of the name in UTF-8 without its highest bit: 0 and up.
     */
    public static int idOf(String carrier) {
        CRC32C crc = new CRC32C();
        crc.update(carrier.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue() & Integer.MAX_VALUE;
    }

    /**
     * The place of a line whose first neighbour's is given.
     *
     * @param first the place of line A.
     * @param line 0 for A, 1 for B and so on.
     * @return 0 to {@link #count()} - 1.
     */
    public int behind(int first, int line) {
        return (first + line) % count();
    }

    /**
     * The group that data is sent to.
     *
     * @param place 0 to {@link #count()} - 1.
     * @return an address with an odd last octet.
     */
    public int dataGroup(int place) {
        return range.network() + 2 * place + 1;
    }

    /**
     * The group that receivers answer on (Aeron's control address).
     *
     * @param place 0 to {@link #count()} - 1.
     * @return the address behind the data group.
     */
    public int controlGroup(int place) {
        return dataGroup(place) + 1;
    }

    /**
     * The UDP port of a place, its own, so that sockets never see a neighbour's packets.
     *
     * @param place 0 to {@link #count()} - 1.
     * @return 20000 and up.
     */
    public int port(int place) {
        return FIRST_PORT + place;
    }
}
