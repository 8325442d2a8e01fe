// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

/**
 * An attribute as it was written.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param name of it.
 * @param text its value, entities resolved.
 * @param position where its name begins.
 */
public record Attribute(String name, String text, Position position) {}
