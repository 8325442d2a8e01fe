// SPDX-License-Identifier: Apache-2.0
package io.heliograph.publishers.replay;

import org.agrona.DirectBuffer;

/**
 * Where a feed's messages come from, one after another.
 *
 * <p><b>Thread:</b> one owner: the thread that replays.
 *
 * <p><b>Allocation:</b> none per message.
 *
 * <p><b>Failure:</b> {@code BinaryFileException} from {@link #next} when the source breaks off.
 */
public interface FeedSource extends AutoCloseable {
    /**
     * Goes to the next message.
     *
     * @return false at the end.
     */
    boolean next();

    /**
     * What the message at hand lies in.
     *
     * @return a buffer whose content is valid until the next call of {@link #next}.
     */
    DirectBuffer buffer();

    /**
     * Where the message at hand begins.
     *
     * @return an offset in {@link #buffer}.
     */
    int offset();

    /**
     * The message's length.
     *
     * @return octets, 1 to 65,535.
     */
    int length();

    /**
     * What the source is, for people.
     *
     * @return a file's path, or the words that make a generator.
     */
    String name();

    /**
     * The place of the message at hand in the source, for people.
     *
     * @return such as {@code octet 38}.
     */
    String place();

    /**
     * How far the source was read, in thousandths.
     *
     * @return 0 to 1,000.
     */
    int perMille();

    @Override
    void close();
}
