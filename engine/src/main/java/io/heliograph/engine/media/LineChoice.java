// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media;

import io.heliograph.config.Line;
import io.heliograph.config.LinePolicy;
import io.heliograph.config.Stream;
import java.util.List;

/**
 * Chooses the line or lines of a stream among those whose NICs are healthy: the policy that {@code lines=} names. A set of
 * lines is a bit mask, bit 0 for line A; what is chosen is always a part of what is offered, and something unless nothing is.
 *
 * <p>The same answer on every host, whatever came before: so {@code plan} can say it, and a publisher that starts again is
 * where it was. {@code least-loaded} alone goes by what was measured once it has started.
 *
 * <p><b>Thread:</b> immutable, but what {@link #sends(long, long, LineLoads, long)} remembers: one owner.
 *
 * <p><b>Allocation:</b> none in {@code sends} and {@link #joins}.
 */
public interface LineChoice {
    /**
     * The lines that a publication sends on.
     *
     * @param healthy lines whose NICs can be sent on.
     * @return a part of them; none of none.
     */
    long sends(long healthy);

    /**
     * The lines that a publication sends on, which it asks for every few milliseconds.
     *
     * @param healthy lines whose NICs can be sent on.
     * @param current those that it is sent on.
     * @param loads of the NICs.
     * @param nowNs the time.
     * @return a part of the healthy ones; none of none.
     */
    default long sends(long healthy, long current, LineLoads loads, long nowNs) {
        return sends(healthy);
    }

    /**
     * Whether subscribers are on some of the lines that are sent on, and move when theirs is lost: what they missed has to be
     * sent once more where they come to.
     *
     * @return false where they join every line.
     */
    default boolean isJoinedInPart() {
        return false;
    }

    /**
     * The lines that a subscription joins.
     *
     * @param present lines whose NICs the host has.
     * @param healthy those of them that can be heard.
     * @param joiner who joins, where it depends on that.
     * @return a part of the healthy ones, of the present ones where none is healthy; none of none.
     */
    long joins(long present, long healthy, Joiner joiner);

    /**
     * What the policy does, for people.
     *
     * @param bond whose NICs it chooses from.
     * @return the rest of a sentence that begins with "stream such and such goes".
     */
    String summary(String bond);

    /**
     * Why a line has its place among the lines, for people.
     *
     * @param index of the line.
     * @return a phrase.
     */
    String why(int index);

    /**
     * The choice that a stream asks for.
     *
     * @param stream of a topology.
     * @param lines all of it, in order.
     * @return its policy.
     */
    static LineChoice of(Stream stream, List<Line> lines) {
        return of(stream, stream.lines(), lines);
    }

    /**
     * The choice that a policy makes for a stream: in another site than its own the bridges' stands in place of its own.
     *
     * @param stream of a topology.
     * @param policy of its lines there.
     * @param lines all of one sender, in order.
     * @return the policy.
     */
    static LineChoice of(Stream stream, LinePolicy policy, List<Line> lines) {
        return switch (policy) {
            case REDUNDANT -> new RedundantLines();
            case SPREAD -> new SpreadLines(stream.join());
            case HASH -> HashedLine.of(stream, lines.stream().map(Line::nic).toList());
            case LEAST_LOADED ->
                LeastLoadedLine.of(stream, lines.stream().map(Line::nic).toList());
            case PIN -> new PinnedLine();
        };
    }

    /**
     * Every line of a stream.
     *
     * @param count of lines, 0 to 63.
     * @return their mask.
     */
    static long all(int count) {
        return (1L << count) - 1;
    }

    /**
     * The mask of one line.
     *
     * @param index 0 for line A.
     * @return its bit.
     */
    static long bit(int index) {
        return 1L << index;
    }

    /**
     * Whether a line is in a set.
     *
     * @param mask the set.
     * @param index 0 for line A.
     * @return true for a member.
     */
    static boolean has(long mask, int index) {
        return (mask & bit(index)) != 0;
    }
}
