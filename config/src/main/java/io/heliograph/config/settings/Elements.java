// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of the topology file, and what the design knows beyond this version: to be refused in plain words instead
 * of being taken for a slip of the pen, or worse, silently ignored.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Elements {
    /** The namespace of the file; the 1 is the version of its schema. */
    public static final String NAMESPACE = "urn:heliograph:topology:1";

    /** The root. */
    public static final String TOPOLOGY = "topology";

    /** A datacentre or subnet. */
    public static final String SITE = "site";

    /** A machine. */
    public static final String HOST = "host";

    /** A network interface. */
    public static final String NIC = "nic";

    /** The appliance on a host. */
    public static final String ENGINE = "engine";

    /** A set of NICs. */
    public static final String BOND = "bond";

    /** A stream. */
    public static final String STREAM = "stream";

    /** What leads streams to another site. */
    public static final String BRIDGE = "bridge";

    /** One way of a bridge. */
    public static final String PATH = "path";

    /** What nodes may do over links. */
    public static final String ALLOW = "allow";

    private static final List<ElementType> ALL = List.of(
            new ElementType(
                    TOPOLOGY,
                    List.of(SITE, STREAM, BRIDGE, ALLOW),
                    List.of(SITE),
                    "A deployment: the root of the file."),
            new ElementType(
                    SITE,
                    List.of(HOST, BOND),
                    List.of(HOST),
                    "A datacentre or subnet inside which multicast, or unicast in its place, reaches everybody."),
            new ElementType(HOST, List.of(NIC, ENGINE), List.of(NIC), "A machine of the site."),
            new ElementType(NIC, List.of(), List.of(), "A network interface of the host."),
            new ElementType(ENGINE, List.of(), List.of(), "How the appliance runs on the host; at most one."),
            new ElementType(BOND, List.of(), List.of(), "A named set of NICs, valid on every host of the site."),
            new ElementType(STREAM, List.of(), List.of(), "A named, totally ordered sequence of messages."),
            new ElementType(
                    BRIDGE,
                    List.of(PATH),
                    List.of(PATH),
                    "The forwarding of streams from one site's journals to another site's lines, over links."),
            new ElementType(
                    PATH,
                    List.of(),
                    List.of(),
                    "One way of a bridge, from a host's journal to a host that sends on its site's lines. Both accept links and"
                            + " keep a journal of each stream the bridge carries: it is read at one end, and the other goes on"
                            + " where its own ends."),
            new ElementType(
                    ALLOW,
                    List.of(),
                    List.of(),
                    "What nodes may do over links. Without any, every host of the file may do all; with one, a node may do what those"
                            + " that name it list, and nothing else."));

    private static final Set<String> LATER_ELEMENTS = Set.of("group");

    private static final Map<String, Set<String>> LATER_ATTRIBUTES = Map.of(
            ENGINE, Set.of("console"),
            STREAM, Set.of("numbering"));

    private Elements() {}

    /**
     * All elements that this version knows.
     *
     * @return the root first.
     */
    public static List<ElementType> all() {
        return ALL;
    }

    /**
     * One element.
     *
     * @param name of it.
     * @return empty when this version doesn't know it.
     */
    public static Optional<ElementType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * Whether the design has such an element and this version not yet.
     *
     * @param name of it.
     * @return true for a work group, for example.
     */
    public static boolean isLater(String name) {
        return LATER_ELEMENTS.contains(name);
    }

    /**
     * Whether the design has such an attribute and this version not yet.
     *
     * @param element that carries it.
     * @param attribute its name.
     * @return true for a stream's numbering, for example.
     */
    public static boolean isLater(String element, String attribute) {
        return LATER_ATTRIBUTES.getOrDefault(element, Set.of()).contains(attribute);
    }
}
