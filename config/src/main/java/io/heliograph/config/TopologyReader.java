// SPDX-License-Identifier: Apache-2.0
package io.heliograph.config;

import io.heliograph.config.document.DocumentReader;
import io.heliograph.config.document.Element;
import io.heliograph.config.document.Position;
import io.heliograph.config.document.Problems;
import io.heliograph.config.rules.Rules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a topology file into records; what comes back has passed every check.
 *
 * <p><b>Thread:</b> any thread; each reading is its caller's.
 *
 * <p><b>Failure:</b> whatever is wrong with the file, from its absence to two streams in one place, comes as one {@link
 * TopologyException} that names all of it.
 */
public final class TopologyReader {
    /** A file larger than this is no topology; 4 MiB are some 20,000 streams. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TopologyReader() {}

    /**
     * Reads a file.
     *
     * @param path of an XML file in UTF-8, at most 4 MiB.
     * @return the topology.
     * @throws TopologyException with all that is wrong.
     */
    public static Topology read(Path path) {
        Problems problems = new Problems(path.toString());
        return read(text(path, problems), problems);
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in problems.
     * @param xml the file's text.
     * @return the topology.
     * @throws TopologyException with all that is wrong.
     */
    public static Topology read(String name, String xml) {
        return read(xml, new Problems(name));
    }

    private static Topology read(String xml, Problems problems) {
        if (xml.isBlank()) {
            throw refused(problems, "the file is empty", "write a <topology> into it");
        }
        boolean isMarked = xml.charAt(0) == BYTE_ORDER_MARK;
        Optional<Element> root = DocumentReader.read(isMarked ? xml.substring(1) : xml, problems);
        root.ifPresent(topology -> Rules.check(topology, problems));
        if (root.isEmpty() || !problems.isEmpty()) {
            throw new TopologyException(problems.list());
        }
        return TopologyBuilder.build(root.get());
    }

    private static String text(Path path, Problems problems) {
        if (Files.isDirectory(path)) {
            throw refused(problems, "this is a directory", "name the topology file in it");
        }
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MAX_LENGTH) {
                throw refused(problems, "the file is larger than 4 MiB", "name a topology file");
            }
            byte[] bytes = Files.readAllBytes(path);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException failure) {
            throw refused(problems, "there is no such file", "check the path");
        } catch (CharacterCodingException failure) {
            throw refused(problems, "the file is not UTF-8 text", "save it as UTF-8, or name a topology file");
        } catch (IOException failure) {
            throw refused(
                    problems,
                    "the file can't be read (" + failure.getClass().getSimpleName() + ")",
                    "check the path and its permissions");
        }
    }

    private static TopologyException refused(Problems problems, String what, String remedy) {
        problems.add(Position.START, what, remedy);
        return new TopologyException(problems.list());
    }
}
