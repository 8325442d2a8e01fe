// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of nodes in a certificate: its subject alternative names, as URI {@code urn:heliograph:node:NAME} or as DNS name.
 * Names are compared as they stand, octet by octet; a wildcard names nobody, and the subject's common name is not looked at.
 *
 * <p><b>Thread:</b> static functions.
 */
public final class CertificateNames {
    /** What a URI begins with that names a node. */
    public static final String NODE_URN = "urn:heliograph:node:";

    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private CertificateNames() {}

    /**
     * The names in a certificate.
     *
     * @param certificate that was checked.
     * @return in its order; none when it has none, or cannot be read.
     */
    public static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        Collection<List<?>> alternatives;
        try {
            alternatives = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException unreadable) {
            return names;
        }
        if (alternatives == null) {
            return names;
        }
        for (List<?> alternative : alternatives) {
            if (alternative.size() >= 2
                    && alternative.get(0) instanceof Integer kind
                    && alternative.get(1) instanceof String text) {
                if (kind == DNS_NAME && !text.contains("*")) {
                    names.add(text);
                } else if (kind == URI && text.startsWith(NODE_URN)) {
                    names.add(text.substring(NODE_URN.length()));
                }
            }
        }
        return names;
    }
}
