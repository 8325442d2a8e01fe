// SPDX-License-Identifier: Apache-2.0
/**
 * The certificates of a node: read, made into TLS contexts, read again when their files change, and the names in them.
 *
 * <p>Called by {@code link.netty} and {@code link}; calls Netty's TLS and the JDK. Files are read by whoever calls {@link
 * io.heliograph.engine.link.tls.NodeCertificates#reloadIfChanged}, never by a transport's thread; contexts are read by any. Read
 * {@code NodeCertificates} first.
 */
@NullMarked
package io.heliograph.engine.link.tls;

import org.jspecify.annotations.NullMarked;
