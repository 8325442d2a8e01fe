// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

/**
 * Why a TLS handshake failed.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum TlsFault {
    /** The peer showed no certificate. */
    NO_CERTIFICATE("no certificate"),
    /** Its certificate comes from no authority that this node trusts. */
    UNKNOWN_AUTHORITY("unknown authority"),
    /** Its certificate was valid once. */
    EXPIRED("expired certificate"),
    /** Its certificate will be valid one day. */
    NOT_YET_VALID("certificate not yet valid"),
    /** It did not speak TLS. */
    NO_TLS("no TLS"),
    /** It took too long. */
    TIMEOUT("handshake too slow"),
    /** The peer broke off: mostly because it does not like this node's certificate. */
    PEER("the peer broke off the handshake"),
    /** Anything else, such as no common version. */
    OTHER("handshake failed");

    private final String words;

    TlsFault(String words) {
        this.words = words;
    }

    /**
     * What people call it.
     *
     * @return a few words.
     */
    public String words() {
        return words;
    }
}
