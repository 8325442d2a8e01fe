// SPDX-License-Identifier: Apache-2.0
/**
 * A trading day that never was: a feed made from a seed, for demos, tests and benchmarks.
 *
 * <p>Called by the {@code generate} and {@code publish} roles, the demo and the benchmarks; calls only Agrona's buffers.
 * One thread owns a generator; the same {@link io.heliograph.publishers.generate.ItchDay} always makes the same octets,
 * on every machine and JDK: no clock, no {@code Math} function, no hash order takes part. Nothing is allocated per
 * message. Read {@link io.heliograph.publishers.generate.ItchGenerator} first.
 *
 * <p>Specification: Nasdaq TotalView-ITCH 5.0.
 */
@NullMarked
package io.heliograph.publishers.generate;

import org.jspecify.annotations.NullMarked;
