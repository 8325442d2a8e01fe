// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * What the topology lets a node do over a link.
 *
 * <p><b>Thread:</b> immutable.
 */
public interface LinkPermissions {
    /** May do everything: a process of this host, or a topology that restricts nobody. */
    LinkPermissions ALL = new LinkPermissions() {
        @Override
        public boolean mayPull(String stream) {
            return true;
        }

        @Override
        public boolean mayAsk(String service) {
            return true;
        }

        @Override
        public boolean mayServe(String service) {
            return true;
        }
    };

    /**
     * Whether it may have a stream's packets, live or replayed.
     *
     * @param stream its name.
     * @return false: refused.
     */
    boolean mayPull(String stream);

    /**
     * Whether it may ask a service.
     *
     * @param service its name.
     * @return false: refused with {@link ReplyStatus#NOT_ALLOWED}.
     */
    boolean mayAsk(String service);

    /**
     * Whether its answers as a service count.
     *
     * @param service its name.
     * @return false: it is not asked.
     */
    boolean mayServe(String service);
}
