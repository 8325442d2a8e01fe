// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import java.net.Inet4Address;

/**
 * One way on which a stream's packets arrive in its site: a multicast group on one NIC.
 *
 * <p><b>Thread:</b> immutable.
 *
 * @param index 0 for the first NIC of the bond.
 * @param name A, B, and so on.
 * @param nic name of the NIC, on whatever host has it.
 * @param group that data is sent to; its last octet is odd.
 * @param control that receivers answer on, the next address.
 * @param port of both.
 */
public record Line(int index, String name, String nic, Inet4Address group, Inet4Address control, int port) {}
