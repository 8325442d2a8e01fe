// SPDX-License-Identifier: Apache-2.0
/**
 * Where a benchmark happens: child processes, and the network between them (two namespaces and veth pairs as root,
 * else loopback), made for the run and always removed.
 *
 * <p>Called by the scenarios; calls the operating system. One owner: the thread that runs the benchmark. Read {@link
 * io.heliograph.perf.bench.lab.Lab} first.
 */
@NullMarked
package io.heliograph.perf.bench.lab;

import org.jspecify.annotations.NullMarked;
