// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.engine.testkit.LoopbackTopology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the Javadoc of {@link Heliograph} is compiled and run as it stands. */
final class JavadocExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("heliograph.root", ".."));
    private static final Path SOURCE = ROOT.resolve("engine/src/main/java/io/heliograph/engine/Heliograph.java");
    private static final String SAMPLE = "config/samples/loopback.xml";
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?) \\* }</pre>", Pattern.DOTALL);
    private static final Set<String> IMPORTS = Set.of(
            "io.heliograph.config.*",
            "io.heliograph.engine.*",
            "io.heliograph.engine.stream.*",
            "java.nio.charset.StandardCharsets",
            "java.nio.file.Path",
            "org.agrona.concurrent.UnsafeBuffer");

    @TempDir
    private Path directory;

    @Test
    void shouldCompileAndRunAsItStands() throws Exception {
        String example = example();
        assertTrue(example.contains(SAMPLE), example);
        compile(example.replace(
                SAMPLE, LoopbackTopology.sample(directory).toString().replace('\\', '/')));

        assertEquals("1 hello" + System.lineSeparator(), run());
    }

    private static String example() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(SOURCE));
        assertTrue(matcher.find(), "an example in the Javadoc of " + SOURCE);
        return matcher.group(1).replaceAll("(?m)^ \\* ?", "");
    }

    private void compile(String example) {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public class Example { public static void main(String[] args) throws Exception {\n")
                .append(example)
                .append("}}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none", "-d", directory.toString(), "-classpath", System.getProperty("java.class.path", ""));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };

        boolean isCompiled =
                compiler.getTask(null, null, said, options, null, List.of(file)).call();

        assertTrue(isCompiled, () -> source + "\n" + said.getDiagnostics());
    }

    private String run() throws ReflectiveOperationException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {url()}, getClass().getClassLoader());
                PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new AssertionError("the example failed: " + e.getCause(), e);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private URL url() throws MalformedURLException {
        return directory.toUri().toURL();
    }
}
