// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

/**
 * What is known of a NIC: whether lines on it are worth using.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum NicState {
    /** Nobody watches it (no engine runs): it is used as if it were up. */
    UNKNOWN(0),
    /** Nothing speaks against it. */
    UP(1),
    /** Something speaks against it and has not stood for long: it is still used. */
    SUSPECT(2),
    /** It does not carry: streams that can go elsewhere do. */
    DOWN(3);

    private final long code;

    NicState(long code) {
        this.code = code;
    }

    /**
     * The counter's value.
     *
     * @return 0 unknown, 1 up, 2 suspect, 3 down.
     */
    public long code() {
        return code;
    }

    /**
     * The state that a counter says.
     *
     * @param code any value.
     * @return {@link #UNKNOWN} for one that this code does not know.
     */
    public static NicState of(long code) {
        if (code == DOWN.code) {
            return DOWN;
        }
        if (code == SUSPECT.code) {
            return SUSPECT;
        }
        return code == UP.code ? UP : UNKNOWN;
    }

    /**
     * Whether lines on the NIC are to be used.
     *
     * @return false only for {@link #DOWN}.
     */
    public boolean isUsable() {
        return this != DOWN;
    }
}
