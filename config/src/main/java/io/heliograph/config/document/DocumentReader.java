// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config.document;

import io.heliograph.config.settings.Elements;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML into a tree and checks its form. What the catalogue of settings knows to be wrong is said in its words; the
 * schema, which editors use too, is the second net, and what only it objects to is said in its own.
 *
 * <p><b>Thread:</b> any thread; each reading is its caller's.
 *
 * <p><b>Failure:</b> every mistake goes to the {@link Problems}; nothing is thrown for a wrong file.
 */
public final class DocumentReader {
    private static final String SCHEMA = "/io/heliograph/config/topology-1.xsd";

    /** Without it the parser mixes the machine's language into our sentences. */
    private static final String LANGUAGE = "http://apache.org/xml/properties/locale";

    private DocumentReader() {}

    /**
     * Reads a file's text.
     *
     * @param text XML.
     * @param problems gathers what is wrong.
     * @return the root, right in its form or not; empty when there is no tree to judge, and then a problem says why.
     */
    public static Optional<Element> read(String text, Problems problems) {
        SourceText source = new SourceText(text);
        try {
            ValidatorHandler validator = SchemaOnce.COMPILED.newValidatorHandler();
            validator.setProperty(LANGUAGE, Locale.ROOT);
            TreeHandler handler = new TreeHandler(source, validator);
            Problems schemaProblems = new Problems("");
            validator.setErrorHandler(new SchemaObjections(handler, schemaProblems));
            XMLReader reader = parser();
            reader.setContentHandler(handler);
            reader.setErrorHandler(new DefaultHandler() {
                @Override
                public void fatalError(SAXParseException failure) throws SAXException {
                    throw failure;
                }
            });
            reader.parse(new InputSource(new StringReader(text)));
            return judge(handler.root(), schemaProblems, problems);
        } catch (SAXParseException failure) {
            Position position = source.position(source.offset(failure.getLineNumber(), failure.getColumnNumber()));
            WellFormedness.explain(position, String.valueOf(failure.getMessage()), problems);
            return Optional.empty();
        } catch (SAXException | IOException failure) {
            WellFormedness.explain(Position.START, String.valueOf(failure.getMessage()), problems);
            return Optional.empty();
        }
    }

    private static Optional<Element> judge(@Nullable Element root, Problems schemaProblems, Problems problems) {
        if (root == null) {
            problems.add(Position.START, "the file holds no element", "write a <topology> into it");
            return Optional.empty();
        }
        if (!root.name().equals(Elements.TOPOLOGY)) {
            problems.add(
                    root.position(),
                    "the root element is " + root.name() + ", not a topology",
                    "begin with <topology xmlns=\"" + Elements.NAMESPACE + "\" name=\"...\">");
            return Optional.empty();
        }
        FormCheck.check(root, problems);
        if (problems.isEmpty()) {
            problems.addAll(schemaProblems);
        }
        return Optional.of(root);
    }

    private static XMLReader parser() throws SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setProperty(LANGUAGE, Locale.ROOT);
            return reader;
        } catch (ParserConfigurationException failure) {
            throw new IllegalStateException("this JDK's XML parser can't be secured", failure);
        }
    }

    /** Takes the validator's objections, each at the element that it was about. */
    private static final class SchemaObjections extends DefaultHandler {
        private final TreeHandler handler;
        private final Problems problems;

        SchemaObjections(TreeHandler handler, Problems problems) {
            this.handler = handler;
            this.problems = problems;
        }

        @Override
        public void error(SAXParseException objection) {
            String message = String.valueOf(objection.getMessage());
            String words = message.replaceFirst("^cvc-[^:]*: ", "");
            problems.add(handler.current(), "the schema refuses this: " + words, "see topology-1.xsd");
        }

        @Override
        public void fatalError(SAXParseException objection) {
            error(objection);
        }
    }

    /** Compiles the schema once, when the first file is read. */
    private static final class SchemaOnce {
        static final Schema COMPILED = compile();

        private static Schema compile() {
            URL resource = DocumentReader.class.getResource(SCHEMA);
            if (resource == null) {
                throw new IllegalStateException("the schema " + SCHEMA + " is missing from this build");
            }
            try {
                SchemaFactory factory = SchemaFactory.newDefaultInstance();
                factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
                return factory.newSchema(resource);
            } catch (SAXException failure) {
                throw new IllegalStateException("the schema " + SCHEMA + " of this build is wrong", failure);
            }
        }
    }
}
