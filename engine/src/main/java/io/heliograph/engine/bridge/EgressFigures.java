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
    long plainOctets;
    long compressed;
    long refused;

    EgressFigures() {}

    /** {@return packets handed to links, of all streams and peers} */
    public long packets() {
        return packets;
    }

    /** {@return octets of them, with the lengths ahead, as they go over the links: some compressed} */
    public long octets() {
        return octets;
    }

    /** {@return octets of them before any were compressed} */
    public long plainOctets() {
        return plainOctets;
    }

    /** {@return batches that were compressed} */
    public long compressed() {
        return compressed;
    }

    /** {@return pulls that peers may not have, and that were not answered} */
    public long refused() {
        return refused;
    }
}
