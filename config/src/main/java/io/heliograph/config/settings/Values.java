// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.settings;

import io.heliograph.config.net.Ipv4;
import io.heliograph.config.net.Port;
import io.heliograph.config.net.Subnet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The types of values that the topology file has.
 *
 * <p><b>Thread:</b> immutable.
 */
final class Values {
    /** What a thing in the topology is called: it also appears in directories, metrics and certificates. */
    static final ValueType<String> NAME = new ValueType<>(
            "name",
            "letters, digits, '.', '_' and '-', at most 64, a letter or digit first",
            text -> isName(text) ? Optional.of(text) : Optional.empty());

    /** Several names, blanks between. */
    static final ValueType<List<String>> NAMES =
            new ValueType<>("list of names", "names with blanks between them", Values::names);

    /** The address of a NIC. */
    static final ValueType<Subnet> ADDRESS = new ValueType<>(
            "IPv4 address with prefix length",
            "an address and the prefix length, such as 10.10.1.11/24",
            Values::subnet);

    /** The multicast addresses of a site. */
    static final ValueType<Subnet> RANGE =
            new ValueType<>("IPv4 range", "a multicast range, /16 to /30, such as 239.20.0.0/20", Values::subnet);

    /** On or off. */
    static final ValueType<Boolean> SWITCH = new ValueType<>(
            "switch",
            "on or off",
            text -> "on".equals(text) ? Optional.of(true) : "off".equals(text) ? Optional.of(false) : Optional.empty());

    /** A word for the driver's mode, or the directory of one that runs already. */
    static final ValueType<String> DRIVER = new ValueType<>(
            "driver",
            "process, engine, embedded, or the absolute directory of a running media driver",
            text -> isDriver(text) ? Optional.of(text) : Optional.empty());

    /** A directory. */
    static final ValueType<String> DIRECTORY = new ValueType<>(
            "directory",
            "a directory, such as /var/heliograph/ny1",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(text));

    /** How long something is kept: an age, a size, or both. */
    static final ValueType<Retain> RETAIN = new ValueType<>(
            "retention",
            "an age (1 h and more), a size (1 GB and more), or both, such as 72 h, 500 GB",
            Values::retain);

    private static final long MIN_RETAIN_NS = 3_600_000_000_000L;
    private static final long MIN_RETAIN_OCTETS = 1_000_000_000L;
    private static final Pattern COMMA = Pattern.compile(" *, *");

    /** Where an engine accepts links. */
    static final ValueType<List<Port>> PORTS = new ValueType<>(
            "list of addresses with ports",
            "IPv4 addresses with ports, blanks between them, such as 10.10.1.11:7400",
            Values::ports);

    /** A name in which a star stands for any run of characters. */
    static final ValueType<String> PATTERN = new ValueType<>(
            "name or pattern",
            "letters, digits, '.', '_', '-' and '*' (any run of characters), at most 64",
            text -> isPattern(text) ? Optional.of(text) : Optional.empty());

    /** Several of them. */
    static final ValueType<List<String>> PATTERNS = new ValueType<>(
            "list of names or patterns", "names or patterns with blanks between them", Values::patterns);

    private static final Pattern STAR_PATTERN = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._*-]{0,63}");
    private static final int LAST_PORT = 65_535;
    private static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern INTEGER_PATTERN = Pattern.compile("[0-9]{1,10}");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

    private Values() {}

    static ValueType<Integer> integer(String noun, int min, int max, String unit) {
        String form = min + " to " + max + (unit.isEmpty() ? "" : " " + unit);
        return new ValueType<>(noun, form, text -> {
            if (!INTEGER_PATTERN.matcher(text).matches()) {
                return Optional.empty();
            }
            long value = Long.parseLong(text);
            return value < min || value > max ? Optional.empty() : Optional.of((int) value);
        });
    }

    static ValueType<String> choice(String... words) {
        List<String> known = List.of(words);
        return new ValueType<>(
                "choice",
                String.join(" or ", words),
                text -> known.contains(text) ? Optional.of(text) : Optional.empty());
    }

    static ValueType<Long> duration(String min, String max) {
        long minNs = Durations.parse(min).orElseThrow();
        long maxNs = Durations.parse(max).orElseThrow();
        return new ValueType<>(
                "time",
                "a time such as 250 ms or 1 s (units ns, us, ms, s, min, h), from " + min + " to " + max,
                text -> Durations.parse(text).filter(ns -> ns >= minNs && ns <= maxNs));
    }

    static ValueType<Long> size(String min, String max) {
        long least = Sizes.parse(min).orElseThrow();
        long most = Sizes.parse(max).orElseThrow();
        return new ValueType<>(
                "size",
                "a size such as 4 MB (units MB, GB, TB), from " + min + " to " + max,
                text -> Sizes.parse(text).filter(octets -> octets >= least && octets <= most));
    }

    static ValueType<Long> rate() {
        return new ValueType<>(
                "rate",
                "a rate such as 10 Gbit/s or 200 Mbit/s (units bit/s, kbit/s, Mbit/s, Gbit/s), 1 bit/s and up",
                text -> Rates.parse(text).filter(bps -> bps > 0));
    }

    private static boolean isName(String text) {
        return NAME_PATTERN.matcher(text).matches();
    }

    private static boolean isDriver(String text) {
        return switch (text) {
            case "process", "engine", "embedded" -> true;
            default -> text.startsWith("/") && text.length() > 1;
        };
    }

    private static boolean isPattern(String text) {
        return STAR_PATTERN.matcher(text).matches();
    }

    private static Optional<List<String>> patterns(String text) {
        List<String> patterns = Arrays.asList(BLANKS.split(text));
        return patterns.stream().allMatch(Values::isPattern) ? Optional.of(List.copyOf(patterns)) : Optional.empty();
    }

    private static Optional<List<Port>> ports(String text) {
        List<Optional<Port>> ports =
                Arrays.stream(BLANKS.split(text)).map(Values::port).toList();
        return ports.stream().allMatch(Optional::isPresent)
                ? Optional.of(ports.stream().map(Optional::get).toList())
                : Optional.empty();
    }

    private static Optional<Port> port(String text) {
        int colon = text.indexOf(':');
        OptionalInt address = Ipv4.parse(colon < 0 ? text : text.substring(0, colon));
        String digits = text.substring(colon + 1);
        if (colon < 0 || address.isEmpty() || !INTEGER_PATTERN.matcher(digits).matches()) {
            return Optional.empty();
        }
        long port = Long.parseLong(digits);
        return port >= 1 && port <= LAST_PORT
                ? Optional.of(new Port(address.getAsInt(), (int) port))
                : Optional.empty();
    }

    private static Optional<List<String>> names(String text) {
        List<String> names = Arrays.asList(BLANKS.split(text));
        return names.stream().allMatch(Values::isName) ? Optional.of(List.copyOf(names)) : Optional.empty();
    }

    private static Optional<Retain> retain(String text) {
        String[] parts = COMMA.split(text, -1);
        Optional<Long> ageNs = Durations.parse(parts[0]).filter(ns -> ns >= MIN_RETAIN_NS);
        Optional<Long> octets = Sizes.parse(parts[parts.length - 1]).filter(size -> size >= MIN_RETAIN_OCTETS);
        boolean isSound =
                parts.length == 1 ? ageNs.isPresent() || octets.isPresent() : ageNs.isPresent() && octets.isPresent();
        return isSound && parts.length <= 2
                ? Optional.of(new Retain(ageNs.orElse(Long.MAX_VALUE), octets.orElse(Long.MAX_VALUE)))
                : Optional.empty();
    }

    private static Optional<Subnet> subnet(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        OptionalInt address = Ipv4.parse(text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        if (address.isEmpty() || !INTEGER_PATTERN.matcher(prefix).matches()) {
            return Optional.empty();
        }
        long length = Long.parseLong(prefix);
        return length <= Integer.SIZE ? Optional.of(new Subnet(address.getAsInt(), (int) length)) : Optional.empty();
    }
}
