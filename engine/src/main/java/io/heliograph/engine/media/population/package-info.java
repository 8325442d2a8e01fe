// SPDX-License-Identifier: Apache-2.0
/**
 * How many subscribers each line of a stream with {@code join="least-populated"} has in a site: counted on each host by its
 * engine, told to the other engines beside the probes, and read from counters by who wants to join.
 *
 * <p>Called by {@code media.nic}, whose sockets carry the statements, and by the root, whose connections read; calls {@code base},
 * {@code wire}, {@code config} and Aeron's counters. What decides ({@code PopulationBoard}, {@link
 * io.heliograph.engine.media.population.LeastPopulatedLine}) knows no file, socket or clock. One thread owns an engine's {@link
 * io.heliograph.engine.media.population.Population}; {@link io.heliograph.engine.media.population.LinePopulation} is read by any.
 * Read {@link io.heliograph.engine.media.population.LeastPopulatedLine} first.
 */
@NullMarked
package io.heliograph.engine.media.population;

import org.jspecify.annotations.NullMarked;
