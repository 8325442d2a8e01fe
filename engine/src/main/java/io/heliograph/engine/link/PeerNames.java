// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link;

import io.heliograph.engine.link.session.LinkPermissions;
import io.heliograph.engine.link.session.PeerJudge;
import io.heliograph.engine.link.session.RejectCode;
import io.heliograph.engine.link.tls.CertificateNames;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is at the other end of a connection: by its certificate, by the topology, and by whom this side called.
 *
 * <p><b>Thread:</b> the channel's event loop.
 */
final class PeerNames implements PeerJudge {
    /** What a process of this host is called. */
    static final String LOCAL = "local";

    private final LinkNode node;
    private final Channel channel;
    private final boolean isLocal;
    private final @Nullable String called;

    /**
     * A judge for one connection.
     *
     * @param isLocal whether it came over a Unix domain socket.
     * @param called whom this side called; null when it was called.
     */
    PeerNames(LinkNode node, Channel channel, boolean isLocal, @Nullable String called) {
        this.node = node;
        this.channel = channel;
        this.isLocal = isLocal;
        this.called = called;
    }

    @Override
    public Verdict judge(String name) {
        if (called != null && !called.equals(name)) {
            return Verdict.refused(RejectCode.WRONG_NAME, "called " + called + " and reached " + name);
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            Verdict unproven = unproven(tls, name);
            if (unproven != null) {
                return unproven;
            }
        }
        if (isLocal && called == null) {
            return Verdict.accepted(LOCAL, LinkPermissions.LOCAL);
        }
        Optional<LinkPermissions> permissions = node.policy().permissions(name);
        return permissions
                .map(may -> Verdict.accepted(name, may))
                .orElseGet(() -> Verdict.refused(
                        RejectCode.UNKNOWN_NODE, "the topology of " + node.name() + " knows no node " + name));
    }

    /** Why the certificate does not prove the name; null when it does. A resumed TLS session is looked at like a new one. */
    private static @Nullable Verdict unproven(SslHandler tls, String name) {
        try {
            if (!(tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate)) {
                return Verdict.refused(RejectCode.WRONG_NAME, "no X.509 certificate");
            }
            certificate.checkValidity();
            Set<String> names = CertificateNames.of(certificate);
            return names.contains(name)
                    ? null
                    : Verdict.refused(
                            RejectCode.WRONG_NAME, "calls itself " + name + ", and its certificate names " + names);
        } catch (SSLPeerUnverifiedException none) {
            return Verdict.refused(RejectCode.WRONG_NAME, "no certificate");
        } catch (CertificateExpiredException | CertificateNotYetValidException outOfTime) {
            return Verdict.refused(RejectCode.WRONG_NAME, "its certificate is not valid now");
        }
    }
}
