// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the whole system, in processes of their own, as a user starts them.
 *
 * <p>Called by failsafe; calls the roles by the launcher's main class. Each test has a topology, groups and files of its own.
 */
package io.heliograph.perf.system;
