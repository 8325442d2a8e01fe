// SPDX-License-Identifier: Apache-2.0
/**
 * The root: what a program connects to, and the appliance that a host runs.
 *
 * <p>Called by publishers, subscribers and the roles; calls every room. {@link io.heliograph.engine.Heliograph} has one
 * owner thread, {@link io.heliograph.engine.Engine} its own. Read {@link io.heliograph.engine.Heliograph} first.
 */
@NullMarked
package io.heliograph.engine;

import org.jspecify.annotations.NullMarked;
