// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import io.heliograph.config.settings.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An element as it was written: right or wrong, so that rules can judge what is right beside what is wrong.
 *
 * <p><b>Thread:</b> one owner while it is read and its form is checked, immutable afterwards.
 */
public final class Element {
    private String name;
    private final Position position;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Element(String name, Position position) {
        this.name = name;
        this.position = position;
    }

    void add(Attribute attribute) {
        attributes.put(attribute.name(), attribute);
    }

    void add(Element child) {
        children.add(child);
    }

    void append(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    /** The name was a slip of the pen, which has been said: what follows from it is judged as what was meant. */
    void takeFor(String meant) {
        name = meant;
    }

    /**
     * The element's name.
     *
     * @return the local one for elements of our namespace, with a prefix for others; where it was misspelt, what was meant.
     */
    public String name() {
        return name;
    }

    /**
     * Where the element's tag begins.
     *
     * @return the place of its {@code <}.
     */
    public Position position() {
        return position;
    }

    /**
     * All attributes that were written.
     *
     * @return in no order that matters.
     */
    public Collection<Attribute> attributes() {
        return attributes.values();
    }

    /**
     * All elements inside.
     *
     * @return in the order of the file.
     */
    public List<Element> children() {
        return List.copyOf(children);
    }

    /**
     * The elements inside that have a name.
     *
     * @param kind their name.
     * @return in the order of the file.
     */
    public List<Element> children(String kind) {
        return children.stream().filter(child -> child.name.equals(kind)).toList();
    }

    /**
     * Text between the elements inside, without surrounding blanks.
     *
     * @return empty in every right file.
     */
    public String text() {
        return text.toString().strip();
    }

    /**
     * What a setting is on this element.
     *
     * @param <T> its meaning.
     * @param setting of this element.
     * @return what was written, or the default; empty when there is neither or when what was written is wrong.
     */
    public <T> Optional<T> value(Setting<T> setting) {
        Attribute attribute = attribute(setting);
        return attribute == null ? setting.fallbackValue() : setting.type().parse(attribute.text());
    }

    /**
     * What stands for a setting on this element.
     *
     * @param setting of this element.
     * @return what was written, or the default's text; empty when there is neither.
     */
    public Optional<String> text(Setting<?> setting) {
        Attribute attribute = attribute(setting);
        return attribute == null ? Optional.ofNullable(setting.fallback()) : Optional.of(attribute.text());
    }

    /**
     * Where a mistake of a setting is shown.
     *
     * @param setting of this element.
     * @return the place of the attribute, or of the element when the attribute wasn't written.
     */
    public Position at(Setting<?> setting) {
        Attribute attribute = attribute(setting);
        return attribute == null ? position : attribute.position();
    }

    /**
     * Whether a setting was written.
     *
     * @param setting of this element.
     * @return false when its default holds.
     */
    public boolean has(Setting<?> setting) {
        return attribute(setting) != null;
    }

    private @Nullable Attribute attribute(Setting<?> setting) {
        if (!setting.element().equals(name)) {
            throw new IllegalArgumentException(setting + " is no setting of " + name);
        }
        return attributes.get(setting.attribute());
    }
}
