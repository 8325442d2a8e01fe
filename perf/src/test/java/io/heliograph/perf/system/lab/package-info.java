// SPDX-License-Identifier: Apache-2.0
/**
 * The network lab: three hosts as network namespaces, two NICs each on two switches, an engine and a node in a process of
 * their own on each host; a fault after another, and what each costs the streams of every policy.
 *
 * <p>Called by failsafe; calls the library as programs do, and steers its processes by {@code perf.bench.control}. What was
 * sent and what was delivered is compared by the content of each message. {@link
 * io.heliograph.perf.system.lab.Fault} is the list of faults, {@link io.heliograph.perf.system.lab.LabPlan} the streams and
 * what is expected of them. Read {@link io.heliograph.perf.system.lab.NetworkLabSystemTest} first.
 */
@NullMarked
package io.heliograph.perf.system.lab;

import org.jspecify.annotations.NullMarked;
