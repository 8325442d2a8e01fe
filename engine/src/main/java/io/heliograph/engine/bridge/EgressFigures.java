// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

/**
 * What an egress has sent.
 *
 * <p><b>Thread:</b> written by the egress's owner; read by another thread they may be a moment old.
 */
public final class EgressFigures {
    long packets;
    long octets;

    EgressFigures() {}

    /** {@return packets handed to links, of all streams and peers} */
    public long packets() {
        return packets;
    }

    /** {@return octets of them} */
    public long octets() {
        return octets;
    }
}
