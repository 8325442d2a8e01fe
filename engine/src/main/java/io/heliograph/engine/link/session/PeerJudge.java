// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Decides who a peer is, once its HELLO has come.
 *
 * <p><b>Thread:</b> the session's owner.
 */
@FunctionalInterface
public interface PeerJudge {
    /**
     * Judges a name.
     *
     * @param name that the peer gives itself.
     * @return what it may do, or why it is refused.
     */
    Verdict judge(String name);

    /**
     * Who a peer is.
     *
     * @param name what it is called from now on; empty when it is refused.
     * @param permissions what it may do.
     * @param code why it is refused; {@link RejectCode#OTHER} when it is not.
     * @param words of the refusal; empty when it is not.
     */
    record Verdict(String name, LinkPermissions permissions, RejectCode code, String words) {
        /**
         * Welcome.
         *
         * @param name what it is called.
         * @param permissions what it may do.
         * @return the verdict.
         */
        public static Verdict accepted(String name, LinkPermissions permissions) {
            return new Verdict(name, permissions, RejectCode.OTHER, "");
        }

        /**
         * Not welcome.
         *
         * @param code why.
         * @param words for people.
         * @return the verdict.
         */
        public static Verdict refused(RejectCode code, String words) {
            return new Verdict("", LinkPermissions.ALL, code, words);
        }

        /**
         * Whether it is welcome.
         *
         * @return false: the connection is closed with the code and the words.
         */
        public boolean isAccepted() {
            return !name.isEmpty();
        }
    }
}
