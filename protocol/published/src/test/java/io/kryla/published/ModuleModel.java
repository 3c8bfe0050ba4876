package io.kryla.published;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The declarations of a module's sources, comments included, as the JDK's compiler reads them. No body is looked at. */
final class ModuleModel {
    private ModuleModel() {}

    /** @param reader gets the module and its elements, which are valid only for the time of the call */
    static void read(PublishedModule module, BiConsumer<ModuleElement, Elements> reader) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(module.sources())) {
            List<Path> sources =
                    tree.filter(file -> file.toString().endsWith(".java")).toList();
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            List<String> options = List.of("-proc:only", "-Xlint:none", "--module-path", modulePath(module));
            JavaCompiler.CompilationTask task = javac.getTask(complaints, files, null, options, null, units);
            Reader processor = new Reader(reader);
            task.setProcessors(List.of(processor));
            if (!task.call() || !processor.ran) {
                throw new IllegalStateException("the compiler could not read " + module + ": " + complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything the tests see, but for the module itself, which is read from its sources. */
    private static String modulePath(PublishedModule module) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> kept = new ArrayList<>();
        for (String entry : classPath.split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            boolean descriptor = Files.exists(path.resolve("module-info.class")) || entry.endsWith(".jar");
            if (descriptor && !path.startsWith(module.target()) && !entry.endsWith("-tests.jar")) {
                kept.add(entry);
            }
        }
        return String.join(java.io.File.pathSeparator, kept);
    }

    @SupportedAnnotationTypes("*")
    private static final class Reader extends AbstractProcessor {
        private final BiConsumer<ModuleElement, Elements> reader;
        private boolean ran;

        Reader(BiConsumer<ModuleElement, Elements> reader) {
            this.reader = reader;
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!ran) {
                ran = true;
                Elements elements = processingEnv.getElementUtils();
                ModuleElement module = round.getRootElements().stream()
                        .map(elements::getModuleOf)
                        .findFirst()
                        .orElseThrow();
                reader.accept(module, elements);
            }
            return false;
        }
    }
}
