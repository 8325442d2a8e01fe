// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * What the topology lets a node do over a link.
 *
 * <p><b>Thread:</b> immutable.
 */
public interface LinkPermissions {
    /** May do everything: a topology that restricts nobody. */
    LinkPermissions ALL = unrestricted(false);

    /** A process of this host: it may do everything, and what nobody else may. */
    LinkPermissions LOCAL = unrestricted(true);

    /**
     * Whether it is a process of this host.
     *
     * @return false for every other node, whatever it may do and is called.
     */
    default boolean isLocal() {
        return false;
    }

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

    private static LinkPermissions unrestricted(boolean isLocal) {
        return new LinkPermissions() {
            @Override
            public boolean isLocal() {
                return isLocal;
            }

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
    }
}
