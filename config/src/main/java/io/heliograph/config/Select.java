// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * How an ingress uses the paths of its bridge that are of one priority.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Select {
    /** One at a time; another when that one is not available. */
    FAILOVER,
    /** Each stream on one of them, by what they have to send. */
    SPREAD,
    /** All of them: what arrives first counts. */
    HEDGE
}
