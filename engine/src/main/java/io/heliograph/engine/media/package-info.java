// SPDX-License-Identifier: Apache-2.0
/**
 * Media drivers and channels: which driver carries a host's streams, how it is started, watched, attached to and cleaned
 * up after, and what Aeron is told of a line.
 *
 * <p>Called by the root ({@code Heliograph}, {@code Engine}) and by the roles {@code engine} and {@code driver}; calls
 * {@code base}, {@code config} and Aeron. Nothing here is hot but a driver's {@link io.heliograph.engine.media.Driver#doWork}.
 * One thread owns a driver object; channels are plain functions. Read {@link io.heliograph.engine.media.Driver} first,
 * then {@link io.heliograph.engine.media.DriverDirectory}, which holds the rules about who may use a directory.
 */
@NullMarked
package io.heliograph.engine.media;

import org.jspecify.annotations.NullMarked;
