// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import io.heliograph.config.settings.Elements;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Builds the tree while the parser runs, and passes each event on to the schema's validator, so that the element at hand
 * is known when the validator objects to it.
 *
 * <p><b>Thread:</b> one owner: the thread that parses.
 */
final class TreeHandler extends DefaultHandler {
    /** A topology is four elements deep; the validator slows with the square of the depth, and JDK 25 stops at 100. */
    static final int MAX_DEPTH = 50;

    private final SourceText source;
    private final ValidatorHandler validator;
    private final Deque<Element> open = new ArrayDeque<>();
    private @Nullable Locator locator;
    private @Nullable Element root;

    TreeHandler(SourceText source, ValidatorHandler validator) {
        this.source = source;
        this.validator = validator;
    }

    @Nullable
    Element root() {
        return root;
    }

    /** Where the validator's objection belongs: the element that was opened last and not closed yet. */
    Position current() {
        Element element = open.peek();
        return element == null ? Position.START : element.position();
    }

    @Override
    public void setDocumentLocator(Locator documentLocator) {
        locator = documentLocator;
        validator.setDocumentLocator(documentLocator);
    }

    @Override
    public void startDocument() throws SAXException {
        validator.startDocument();
    }

    @Override
    public void endDocument() throws SAXException {
        validator.endDocument();
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        validator.startPrefixMapping(prefix, uri);
    }

    @Override
    public void endPrefixMapping(String prefix) throws SAXException {
        validator.endPrefixMapping(prefix);
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes written) throws SAXException {
        if (open.size() == MAX_DEPTH) {
            throw new SAXParseException("elements are nested deeper than " + MAX_DEPTH, locator);
        }
        int end = locator == null ? 0 : source.offset(locator.getLineNumber(), locator.getColumnNumber());
        int start = source.tagStart(end);
        Element element =
                new Element(Elements.NAMESPACE.equals(uri) ? localName : describe(uri, qName), source.position(start));
        Map<String, Position> positions = source.attributes(start, end);
        for (int i = 0; i < written.getLength(); i++) {
            if (!XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(written.getURI(i))) {
                String name = written.getQName(i);
                Position position = positions.getOrDefault(name, element.position());
                element.add(new Attribute(name, written.getValue(i), position));
            }
        }
        Element parent = open.peek();
        if (parent == null) {
            root = element;
        } else {
            parent.add(element);
        }
        open.push(element);
        validator.startElement(uri, localName, qName, written);
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        validator.endElement(uri, localName, qName);
        open.pop();
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        Element element = open.peek();
        if (element != null) {
            element.append(characters, start, length);
        }
        validator.characters(characters, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        validator.ignorableWhitespace(characters, start, length);
    }

    private static String describe(String uri, String qName) {
        return uri.isEmpty() ? qName + " without a namespace" : "{" + uri + "}" + qName;
    }
}
