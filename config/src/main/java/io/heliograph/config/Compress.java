// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

/**
 * Whether a bridge's batches are compressed.
 *
 * <p><b>Thread:</b> immutable.
 */
public enum Compress {
    /** Where it pays. */
    AUTO,
    /** Always. */
    ON,
    /** Never. */
    OFF
}
