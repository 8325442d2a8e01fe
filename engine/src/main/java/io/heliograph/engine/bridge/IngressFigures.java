// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.bridge;

/**
 * What an ingress has seen of a stream.
 *
 * <p><b>Thread:</b> written by the ingress's owner; read by another thread they may be a moment old.
 */
public final class IngressFigures {
    long packets;
    long messages;
    long duplicates;
    long oldEpochs;
    long gaps;
    long lost;
    long refused;
    long sealMismatches;
    long pulls;

    IngressFigures() {}

    /** {@return packets published} */
    public long packets() {
        return packets;
    }

    /** {@return messages published} */
    public long messages() {
        return messages;
    }

    /** {@return messages that came more than once} */
    public long duplicates() {
        return duplicates;
    }

    /** {@return packets of epochs that are over} */
    public long oldEpochs() {
        return oldEpochs;
    }

    /** {@return gaps published: what no path could bring} */
    public long gaps() {
        return gaps;
    }

    /** {@return messages in them} */
    public long lost() {
        return lost;
    }

    /** {@return packets that could not be, after each of which the stream was not pulled over that path for a while} */
    public long refused() {
        return refused;
    }

    /** {@return seals that state other content than what was brought under the same numbers; each counts as refused, too} */
    public long sealMismatches() {
        return sealMismatches;
    }

    /** {@return how often the stream began to be pulled over a path} */
    public long pulls() {
        return pulls;
    }
}
