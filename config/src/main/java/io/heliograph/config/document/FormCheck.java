// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import io.heliograph.config.settings.ElementType;
import io.heliograph.config.settings.Elements;
import io.heliograph.config.settings.Setting;
import io.heliograph.config.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Holds a tree to the catalogue: elements where they belong, attributes known, present and right in their form.
 *
 * <p><b>Thread:</b> immutable.
 */
final class FormCheck {
    private static final String LATER = " is not supported by this version";

    private FormCheck() {}

    static void check(Element element, Problems problems) {
        ElementType type = Elements.find(element.name()).orElseThrow();
        for (Attribute attribute : element.attributes()) {
            attribute(element, attribute, problems);
        }
        for (Setting<?> setting : Settings.of(element.name())) {
            if (setting.isRequired() && !element.has(setting)) {
                problems.add(
                        element.position(),
                        tag(element) + " has no " + setting.attribute(),
                        "add " + setting.attribute() + "=\"...\": "
                                + setting.type().form());
            }
        }
        if (!element.text().isEmpty()) {
            problems.add(
                    element.position(),
                    tag(element) + " holds the text '" + shorten(element.text()) + "'",
                    "remove it, or make it a comment: <!-- ... -->");
        }
        for (Element child : element.children()) {
            child(type, child, problems);
        }
        for (String needed : type.required()) {
            if (element.children(needed).isEmpty()) {
                problems.add(
                        element.position(),
                        tag(element) + " has no <" + needed + ">",
                        "add a <" + needed + "> inside it");
            }
        }
    }

    private static void attribute(Element element, Attribute attribute, Problems problems) {
        Optional<Setting<?>> known = Settings.find(element.name(), attribute.name());
        if (known.isPresent()) {
            value(known.get(), attribute, problems);
        } else if (Elements.isLater(element.name(), attribute.name())) {
            problems.add(
                    attribute.position(), attribute.name() + " of " + tag(element) + LATER, "remove the attribute");
        } else {
            List<String> names =
                    Settings.of(element.name()).stream().map(Setting::attribute).toList();
            problems.add(
                    attribute.position(),
                    tag(element) + " has no attribute '" + attribute.name() + "'",
                    Suggestion.of(attribute.name(), names));
        }
    }

    private static void value(Setting<?> setting, Attribute attribute, Problems problems) {
        String text = attribute.text();
        if (setting.type().parse(text).isEmpty()) {
            problems.add(
                    attribute.position(),
                    setting.attribute() + "=\"" + shorten(text) + "\" is no valid "
                            + setting.type().noun(),
                    "write " + setting.type().form());
        }
    }

    private static void child(ElementType parent, Element child, Problems problems) {
        if (parent.children().contains(child.name())) {
            check(child, problems);
        } else if (Elements.isLater(child.name())) {
            problems.add(child.position(), tag(child) + LATER, "remove the element");
        } else if (Elements.find(child.name()).isPresent()) {
            problems.add(
                    child.position(),
                    tag(child) + " has no place inside <" + parent.name() + ">",
                    "move it to where it belongs: " + parentsOf(child.name()));
        } else {
            unknown(parent, child, problems);
        }
    }

    /** One that is nearly another is judged as that other, or its absence would be a second mistake. */
    private static void unknown(ElementType parent, Element child, Problems problems) {
        problems.add(
                child.position(),
                "<" + parent.name() + "> holds no element '" + child.name() + "'",
                parent.children().isEmpty() ? "remove it" : Suggestion.of(child.name(), parent.children()));
        Suggestion.nearest(child.name(), parent.children()).ifPresent(meant -> {
            child.takeFor(meant);
            check(child, problems);
        });
    }

    private static String parentsOf(String name) {
        return Elements.all().stream()
                .filter(type -> type.children().contains(name))
                .map(type -> "inside <" + type.name() + ">")
                .findFirst()
                .orElse("it is the root");
    }

    private static String tag(Element element) {
        return "<" + element.name() + ">";
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        int most = 40;
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
