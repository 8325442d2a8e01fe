// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * A host together with the site it stands in.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param site that the host is in.
 * @param host itself.
 */
public record HostPlace(Site site, Host host) {}
