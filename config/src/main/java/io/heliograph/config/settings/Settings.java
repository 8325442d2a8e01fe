// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import io.heliograph.config.net.LineMtu;
import io.heliograph.config.net.Places;
import io.heliograph.config.net.Port;
import io.heliograph.config.net.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue: every attribute that this version knows, each once. The schema, the reader and the reference in the
 * README follow it; a new attribute begins here.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Settings {
    private static final List<Setting<?>> ALL = new ArrayList<>();

    /** Names the deployment. */
    public static final Setting<String> TOPOLOGY_NAME =
            required("topology", "name", Values.NAME, "Names the deployment; it appears in directories and logs.");

    /** Which links are TLS. */
    public static final Setting<String> TOPOLOGY_SECURITY = defaulted(
            "topology",
            "security",
            Values.choice("auto", "tls", "none"),
            "auto",
            "Which links between engines are TLS 1.3 with certificates on both sides: all but those on loopback addresses, all, or"
                    + " none at all; then whoever reaches an engine's link can be whomever it says.");

    /** Names a site. */
    public static final Setting<String> SITE_NAME =
            required("site", "name", Values.NAME, "Names the site; unique in the file.");

    /** The range of a site. */
    public static final Setting<Subnet> SITE_MULTICAST = optional(
            "site",
            "multicast",
            Values.RANGE,
            "The multicast range that the site's lines take groups and ports from; without one the site is unicast throughout.");

    /** Names a host. */
    public static final Setting<String> HOST_NAME =
            required("host", "name", Values.NAME, "Names the host; unique in the file.");

    /** Names a NIC. */
    public static final Setting<String> NIC_NAME =
            required("nic", "name", Values.NAME, "What bonds call the NIC; the same on every host of the site.");

    /** The address of a NIC. */
    public static final Setting<Subnet> NIC_ADDRESS =
            required("nic", "address", Values.ADDRESS, "The NIC's own address and the prefix length of its subnet.");

    /** The MTU of a NIC. */
    public static final Setting<Integer> NIC_MTU = defaulted(
            "nic",
            "mtu",
            Values.integer("MTU", LineMtu.MIN_NIC_MTU, LineMtu.MAX_NIC_MTU, "bytes"),
            "1500",
            "The largest IP packet the NIC takes. 1500 gives packets of 1,408 bytes, 9000 of 8,192.");

    /** How lines cross a NIC. */
    public static final Setting<String> NIC_MODE = defaulted(
            "nic",
            "mode",
            Values.choice("multicast", "unicast"),
            "multicast",
            "How lines cross the NIC: by multicast, or by a datagram for each subscriber (a tunnel). The same on every host"
                    + " of the site; in a site without a range always unicast.");

    /** What a NIC carries. */
    public static final Setting<Long> NIC_RATE = optional(
            "nic", "rate", Values.rate(), "What the NIC carries; with it the declared rates of streams are added up.");

    /** Where the media driver runs. */
    public static final Setting<String> ENGINE_DRIVER = defaulted(
            "engine",
            "driver",
            Values.DRIVER,
            "process",
            "Where the media driver runs: a process of its own, inside the engine, inside every program, or"
                    + " elsewhere.");

    /** What a host is tuned for. */
    public static final Setting<String> ENGINE_PROFILE = defaulted(
            "engine",
            "profile",
            Values.choice("default", "low-latency"),
            "default",
            "What threads and idling are tuned for: a machine with other work, or one with cores to spare.");

    /** Where a host keeps journals. */
    public static final Setting<String> ENGINE_JOURNAL = optional(
            "engine",
            "journal",
            Values.DIRECTORY,
            "Where the host keeps the journals of the streams that name it, each in a directory of its own; made where there is"
                    + " none, and relative to where the engine is started.");

    /** Where an engine accepts links. */
    public static final Setting<List<Port>> ENGINE_LINK = optional(
            "engine",
            "link",
            Values.PORTS,
            "Where other hosts reach this engine for what they missed, in order of preference; without it only processes of"
                    + " its own host do.");

    /** Names a bond. */
    public static final Setting<String> BOND_NAME =
            required("bond", "name", Values.NAME, "Names the set of NICs; unique in its site.");

    /** The NICs of a bond. */
    public static final Setting<List<String>> BOND_NICS =
            required("bond", "nics", Values.NAMES, "Names of NICs, 1 to 8, in order: the first carries line A.");

    /** Names a stream. */
    public static final Setting<String> STREAM_NAME =
            required("stream", "name", Values.NAME, "Names the stream; unique in the file.");

    /** The number of a stream. */
    public static final Setting<Integer> STREAM_ID = required(
            "stream",
            "id",
            Values.integer("id", 1, Integer.MAX_VALUE, ""),
            "The stream's number; unique in the file. Packets carry it, and it decides groups and ports.");

    /** Where a stream comes from. */
    public static final Setting<String> STREAM_SITE =
            required("stream", "site", Values.NAME, "The site that it comes from.");

    /** Who publishes a stream. */
    public static final Setting<List<String>> STREAM_PUBLISHERS = required(
            "stream", "publishers", Values.NAMES, "Hosts of that site that may publish it; the first one does.");

    /** The NICs of a stream. */
    public static final Setting<String> STREAM_BOND =
            required("stream", "bond", Values.NAME, "The bond of that site that it is sent on.");

    /** Which NICs of the bond. */
    public static final Setting<String> STREAM_LINES = defaulted(
            "stream",
            "lines",
            Values.choice("redundant", "spread", "hash", "least-loaded", "pin"),
            "redundant",
            "Which NICs of the bond: every one (subscribers arbitrate), every one (a subscriber joins one), one by a"
                    + " hash of the id, the one that has least to send, or the first that is up.");

    /** Which line is joined. */
    public static final Setting<String> STREAM_JOIN = defaulted(
            "stream",
            "join",
            Values.choice("random", "mac-xor", "least-populated"),
            "random",
            "With lines=\"spread\": the line that a subscriber joins, any, the one that its host's MAC address gives, or the"
                    + " one that has the fewest subscribers.");

    /** Who sets the pace. */
    public static final Setting<String> STREAM_FLOW = defaulted(
            "stream",
            "flow",
            Values.choice("max", "min"),
            "max",
            "Who sets the pace: the publisher (a slow receiver falls behind), or the slowest receiver.");

    /** How losses are repaired. */
    public static final Setting<String> STREAM_REPAIR = defaulted(
            "stream",
            "repair",
            Values.choice("nak", "journal"),
            "nak",
            "What brings lost packets back: a line that asks again, or none (the other lines and journals).");

    /** How long what is unfinished is waited for. */
    public static final Setting<Long> STREAM_BUDGET = defaulted(
            "stream",
            "budget",
            Values.duration("1 ms", "1 h"),
            "1 s",
            "How long an epoch whose end was not heard is waited for when a higher one is heard; half of it is how"
                    + " long a line may stand still behind a loss.");

    /** How long early packets wait. */
    public static final Setting<Long> STREAM_REORDER = defaulted(
            "stream",
            "reorder",
            Values.duration("1 ms", "1 h"),
            "250 ms",
            "How long a packet that came early waits for those before it; then the gap is given up and said. At most"
                    + " the budget; with repair=\"nak\" at least 20 ms, what a repair may take.");

    /** How far back a publisher can send again. */
    public static final Setting<Long> STREAM_RESEND = defaulted(
            "stream",
            "resend",
            Values.duration("100 ms", "1 min"),
            "2 s",
            "How far back a publisher that moves to another line can send again: longer than the slowest detection of"
                    + " a failed NIC. Where its host has a link= and keeps no journal of the stream, also for those who"
                    + " have lost packets, on any lines. It keeps at most 64 MiB.");

    /** Whether ranges are sealed. */
    public static final Setting<Boolean> STREAM_SEALS = defaulted(
            "stream",
            "seals",
            Values.SWITCH,
            "on",
            "Whether the publisher states checksums of ranges, which every receiver checks.");

    /** Who keeps a stream's journal. */
    public static final Setting<List<String>> STREAM_JOURNAL = optional(
            "stream",
            "journal",
            Values.NAMES,
            "Hosts that keep a journal of it, of that site and of those that bridges lead it to: the engine of each appends what"
                    + " it hears.");

    /** Whether a publisher waits for a journal. */
    public static final Setting<String> STREAM_JOURNAL_MODE = defaulted(
            "stream",
            "journal-mode",
            Values.choice("best-effort", "required"),
            "best-effort",
            "Whether a publisher waits for the journal of its own host: never, or while there is none or it is more than"
                    + " journal-lag behind. The journals of other hosts are waited for by nobody.");

    /** How far a required journal may be behind. */
    public static final Setting<Long> STREAM_JOURNAL_LAG = optional(
            "stream",
            "journal-lag",
            Values.size("1 MB", "64 MB"),
            "How much of what was sent the journal of the publisher's host may not have yet, with journal-mode=\"required\""
                    + " (4 MB without it): that much a crash of the whole host can cost it. The lines' buffers grow with it.");

    /** How often a journal is brought onto the disk. */
    public static final Setting<Long> STREAM_SYNC = optional(
            "stream",
            "sync",
            Values.duration("1 ms", "1 min"),
            "How often a journal is brought onto the disk, so that a power cut costs no more; without it, when the system does."
                    + " What was appended survives the engine's death either way.");

    /** How long a journal is kept. */
    public static final Setting<Retain> STREAM_RETAIN = optional(
            "stream",
            "retain",
            Values.RETAIN,
            "How long a journal is kept: what is older, or too much, is removed by whole hours. Without it everything is kept,"
                    + " until the disk is nearly full and the journal stops.");

    /** Who gives a stream its messages. */
    public static final Setting<String> STREAM_WRITERS = defaulted(
            "stream",
            "writers",
            Values.choice("one", "many"),
            "one",
            "Who gives it its messages: one process, which publishes it, or many of the publishing host, whose engine"
                    + " numbers and sends what they put into its ring.");

    /** Into how many streams a feed is split. */
    public static final Setting<Integer> STREAM_PARTITIONS = defaulted(
            "stream",
            "partitions",
            Values.integer("number of partitions", 1, 64, ""),
            "1",
            "More than 1: a feed too big for one stream is that many, NAME/0, NAME/1 and so on, with consecutive ids, each"
                    + " with lines of its own; a message goes to one by a hash of its key.");

    /** With whom a stream shares its lines. */
    public static final Setting<String> STREAM_CARRIER = optional(
            "stream",
            "carrier",
            Values.NAME,
            "Small streams of one carrier share one publication on each line and move together: they differ in name, id,"
                    + " seals and rate only. One program publishes all that a host publishes of them.");

    /** Where a stream's lines are. */
    public static final Setting<Integer> STREAM_GROUPS = optional(
            "stream",
            "groups",
            Values.integer("place", 0, Places.MAX_COUNT - 1, ""),
            "The place of line A in the range of each site that it reaches, the other lines behind it, in place of the one that"
                    + " the id, or the carrier's name, gives.");

    /** What a stream needs. */
    public static final Setting<Long> STREAM_RATE = optional(
            "stream",
            "rate",
            Values.rate(),
            "What the stream is declared to need on a line, packets and all; with partitions all of them together.");

    /** Where a bridge comes from. */
    public static final Setting<String> BRIDGE_FROM = required(
            "bridge",
            "from",
            Values.NAME,
            "The site that the streams come out of: their own, or one that another bridge leads them to.");

    /** Where a bridge leads. */
    public static final Setting<String> BRIDGE_TO =
            required("bridge", "to", Values.NAME, "The site that they are sent in.");

    /** What a bridge carries. */
    public static final Setting<List<String>> BRIDGE_STREAMS = required(
            "bridge",
            "streams",
            Values.PATTERNS,
            "The streams that it carries; the partitions of a feed go together, by the feed's name.");

    /** The NICs of a bridge's streams. */
    public static final Setting<String> BRIDGE_BOND = required(
            "bridge",
            "bond",
            Values.NAME,
            "The bond of the site it leads to that they are sent on there. Each host that paths lead to has lines of its own:"
                    + " two of them, on a bond of two NICs, are lines A to D.");

    /** Which NICs of that bond. */
    public static final Setting<String> BRIDGE_LINES = defaulted(
            "bridge",
            "lines",
            Values.choice("redundant", "spread", "hash", "least-loaded", "pin"),
            "redundant",
            "Which NICs of that bond, as for a stream in its own site.");

    /** How paths of one priority are used. */
    public static final Setting<String> BRIDGE_SELECT = defaulted(
            "bridge",
            "select",
            Values.choice("failover", "spread", "hedge"),
            "failover",
            "How paths of one priority are used: one at a time, each stream on one of them by what they have to send, or all of"
                    + " them, and what arrives first counts.");

    /** What becomes of what is behind. */
    public static final Setting<String> BRIDGE_LAG = defaulted(
            "bridge",
            "lag",
            Values.choice("keep", "skip"),
            "keep",
            "When the way is slower than a stream: all of it is sent, however late, or what is older than lag-bound is left out,"
                    + " with a gap notice.");

    /** How far behind a bridge may be. */
    public static final Setting<Long> BRIDGE_LAG_BOUND = optional(
            "bridge",
            "lag-bound",
            Values.duration("1 ms", "1 h"),
            "How far behind it may be, with lag=\"skip\" (1 s without it).");

    /** What a path may send. */
    public static final Setting<Long> BRIDGE_RATE =
            optional("bridge", "rate", Values.rate(), "The most that one path sends; without it there is no limit.");

    /** Whether batches are compressed. */
    public static final Setting<String> BRIDGE_COMPRESS = defaulted(
            "bridge",
            "compress",
            Values.choice("auto", "on", "off"),
            "auto",
            "Whether batches are compressed (LZ4): where it pays, always, or never.");

    /** When a path is busy. */
    public static final Setting<Integer> BRIDGE_HWM = optional(
            "bridge",
            "hwm",
            Values.integer("number of messages", 1, Integer.MAX_VALUE, "messages"),
            "The high-water mark of each path: when so many wait at its other end it is busy, and another one is used as long as"
                    + " there is one. Without it a path is never busy.");

    /** When a path is no longer busy. */
    public static final Setting<Integer> BRIDGE_LWM = optional(
            "bridge",
            "lwm",
            Values.integer("number of messages", 0, Integer.MAX_VALUE, "messages"),
            "The low-water mark: when no more than so many wait at its other end a path is no longer busy (half of hwm without it).");

    /** Where a path comes from. */
    public static final Setting<String> PATH_FROM =
            required("path", "from", Values.NAME, "A host of the site that the bridge comes from.");

    /** Where a path leads. */
    public static final Setting<String> PATH_TO =
            required("path", "to", Values.NAME, "A host of the site that the bridge leads to.");

    /** When a path is used. */
    public static final Setting<Integer> PATH_PRIORITY = optional(
            "path",
            "priority",
            Values.integer("priority", 1, 16, ""),
            "Lower first; without it 3, as for all that is in another site.");

    /** Who connects. */
    public static final Setting<String> PATH_OPENS = defaulted(
            "path",
            "opens",
            Values.choice("to", "from"),
            "to",
            "Which end connects to the other's link: where a firewall lets nobody in at one site, the one behind it.");

    /** How much is on its way. */
    public static final Setting<Long> PATH_BUFFER = optional(
            "path",
            "buffer",
            Values.size("1 MB", "64 MB"),
            "The socket buffers at both ends: what the way carries in a round trip, its bandwidth times its delay (1 Gbit/s and 80 ms:"
                    + " 10 MB). Without it the system's own tuning, whose bounds doctor shows.");

    /** Who is allowed. */
    public static final Setting<String> ALLOW_NODE = required(
            "allow",
            "node",
            Values.PATTERN,
            "The nodes, by the names in their certificates: hosts of this file, or others.");

    /** What they may have. */
    public static final Setting<List<String>> ALLOW_PULL = optional(
            "allow", "pull", Values.PATTERNS, "The streams whose packets they may have over links, live or replayed.");

    /** What they may answer. */
    public static final Setting<List<String>> ALLOW_SERVE =
            optional("allow", "serve", Values.PATTERNS, "The services that they may be asked.");

    /** What they may ask. */
    public static final Setting<List<String>> ALLOW_ASK =
            optional("allow", "ask", Values.PATTERNS, "The services that they may ask.");

    private Settings() {}

    /**
     * The whole catalogue.
     *
     * @return in the order of the reference.
     */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /**
     * The attributes of an element.
     *
     * @param element its name.
     * @return in the order of the reference; none for an element that isn't known.
     */
    public static List<Setting<?>> of(String element) {
        return ALL.stream().filter(setting -> setting.element().equals(element)).toList();
    }

    /**
     * One attribute.
     *
     * @param element that carries it.
     * @param attribute its name.
     * @return empty when the element has none of that name.
     */
    public static Optional<Setting<?>> find(String element, String attribute) {
        return of(element).stream()
                .filter(setting -> setting.attribute().equals(attribute))
                .findFirst();
    }

    private static <T> Setting<T> required(String element, String attribute, ValueType<T> type, String sentence) {
        return add(new Setting<>(element, attribute, type, true, null, sentence));
    }

    private static <T> Setting<T> optional(String element, String attribute, ValueType<T> type, String sentence) {
        return add(new Setting<>(element, attribute, type, false, null, sentence));
    }

    private static <T> Setting<T> defaulted(
            String element, String attribute, ValueType<T> type, String fallback, String sentence) {
        return add(new Setting<>(element, attribute, type, false, fallback, sentence));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
