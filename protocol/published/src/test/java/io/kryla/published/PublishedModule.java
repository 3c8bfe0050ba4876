package io.kryla.published;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module that integrators get, as it lies in the source tree; its folder {@code src/api} makes it one. */
record PublishedModule(Path folder) {
    private static final Path API = Path.of("src", "api");
    private static final int DEEPEST = 6;

    /** The folder that holds {@code .mvn}. */
    static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the working directory holds .mvn");
            }
        }
        return folder;
    }

    static List<PublishedModule> all() {
        try (Stream<Path> files = Files.find(top(), DEEPEST, (file, attributes) -> file.endsWith(API))) {
            return files.map(file -> new PublishedModule(file.getParent().getParent()))
                    .filter(module -> Files.exists(module.folder.resolve("pom.xml")))
                    .sorted(Comparator.comparing(PublishedModule::folder))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its messages have a check of their own, {@code protocol/check-compatibility}. */
    boolean isProtocol() {
        return folder.endsWith("protocol");
    }

    Path signatures() {
        return folder.resolve(API).resolve("signatures.txt");
    }

    Path target() {
        return folder.resolve("target");
    }

    Path classes() {
        return target().resolve("classes");
    }

    /** What others can name: public or protected, all around it too, in a package that is exported to everyone; by name. */
    List<JavaClass> publicClasses() {
        Set<String> exported = exportedPackages();
        return new ClassFileImporter()
                .importPath(classes()).stream()
                        .filter(type -> exported.isEmpty() || exported.contains(type.getPackageName()))
                        .filter(PublishedModule::isPublic)
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .toList();
    }

    /** Empty for a module without a descriptor, which exports all it has. */
    private Set<String> exportedPackages() {
        Path descriptor = classes().resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return Set.of();
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPublic(JavaClass type) {
        return isPublic(type.getModifiers())
                && type.getEnclosingClass().map(PublishedModule::isPublic).orElse(true);
    }

    static boolean isPublic(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    @Override
    public String toString() {
        return top().relativize(folder).toString();
    }
}
