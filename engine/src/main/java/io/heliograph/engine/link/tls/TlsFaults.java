// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import io.heliograph.engine.link.session.TlsFault;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what was wrong with a handshake, whichever provider did it.
 *
 * <p><b>Thread:</b> static functions.
 */
public final class TlsFaults {
    private static final int DEPTH = 16;

    private TlsFaults() {}

    /**
     * What was wrong.
     *
     * @param failure of a handshake.
     * @return the fault, as far as this side can know: why a peer broke off, only the peer knows.
     */
    public static TlsFault of(Throwable failure) {
        TlsFault byType = byType(failure);
        return byType == null ? byWords(failure) : byType;
    }

    private static @Nullable TlsFault byType(Throwable failure) {
        boolean isChainFault = false;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return TlsFault.EXPIRED;
            }
            if (cause instanceof CertificateNotYetValidException) {
                return TlsFault.NOT_YET_VALID;
            }
            if (cause instanceof NotSslRecordException) {
                return TlsFault.NO_TLS;
            }
            if (cause instanceof SslHandshakeTimeoutException) {
                return TlsFault.TIMEOUT;
            }
            isChainFault |= cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
            cause = cause.getCause();
        }
        return isChainFault ? TlsFault.UNKNOWN_AUTHORITY : null;
    }

    private static TlsFault byWords(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (words.contains("empty client certificate chain") || words.contains("did_not_return_a_certificate")) {
                return TlsFault.NO_CERTIFICATE;
            }
            if (words.contains("alert") || cause instanceof ClosedChannelException) {
                return TlsFault.PEER;
            }
            cause = cause.getCause();
        }
        return TlsFault.OTHER;
    }
}
