// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.recovery;

import org.agrona.DirectBuffer;

/**
 * One whom missed messages can be asked of: a journal of this host, or another host's replay service.
 *
 * <p>The answer comes as pages to the {@link SourceAnswers} that the source was made for, on the same thread, within the call or
 * later; or never.
 *
 * <p><b>Thread:</b> one owner: the thread that runs the recovery.
 */
public interface GapSource {
    /**
     * Its name for people.
     *
     * @return for example {@code ny2}, or {@code own journal}.
     */
    String name();

    /**
     * Asks.
     *
     * @param id of the ask: unique for the asker.
     * @param ask what for.
     * @return false when it cannot be asked now.
     */
    boolean ask(long id, ReplayAsk ask);

    /**
     * No answer is wanted any longer; pages that come all the same are dropped.
     *
     * @param id of the ask.
     */
    default void cancel(long id) {}

    /**
     * Whether it has the stream's past, in order, so that who is behind can follow it.
     *
     * @return false for one that sends what was lost on the lines: who follows lets those go.
     */
    default boolean isLog() {
        return true;
    }

    /**
     * Hands over answers that another thread has brought.
     *
     * @return how many there were.
     */
    default int poll() {
        return 0;
    }

    /** Takes answers. */
    interface SourceAnswers {
        /**
         * A page has come; nothing of it is believed so far.
         *
         * @param id of the ask.
         * @param isLast whether no page follows it.
         * @param page holds it, for the call only.
         * @param offset of its first octet.
         * @param length of it, octets.
         */
        void onPage(long id, boolean isLast, DirectBuffer page, int offset, int length);

        /**
         * There will be no answer.
         *
         * @param id of the ask.
         * @param words why, for people.
         */
        void onFailed(long id, String words);
    }
}
