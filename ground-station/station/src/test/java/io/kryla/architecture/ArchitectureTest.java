package io.kryla.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the classes of all modules to {@link PackageTable}. */
class ArchitectureTest {
    private static final String ROOT = "io.kryla.";
    private static final PackageTable TABLE = PackageTable.ofKryla();

    /** What the platform and the two annotation and logging interfaces give is free to everyone. */
    private static final Set<String> FREE = Set.of(
            "java.",
            "javax.crypto.",
            "javax.net.ssl.",
            "javax.security.auth.",
            "javax.naming.",
            "org.jspecify.annotations.",
            "org.slf4j.");

    private static final Pattern EMPTY_NAME =
            Pattern.compile("Default.+|.*(Manager|Helper|Helpers|Util|Utils|Impl|Common)");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/io/kryla/v1/"))
                .importPackages("io.kryla");
    }

    @Test
    void seesEveryModule() {
        assertThat(packagesInUse()).contains("keys", "hil.physics", "ground.link", "factory.ledger", "station.cli");
    }

    @Test
    void everyPackageHasARowAndEveryRowAPackage() {
        assertThat(TABLE.packages()).containsExactlyInAnyOrderElementsOf(packagesInUse());
    }

    @Test
    void packagesImportOnlyWhatTheTableAllows() {
        assertThat(violations((from, target) -> kryla(target)
                        .filter(to -> !to.equals(from) && !TABLE.mayImport(from, to))
                        .map(to -> from + " -> " + to)))
                .isEmpty();
    }

    @Test
    void librariesAreUsedOnlyWhereTheTableAllows() {
        assertThat(violations((from, target) -> {
                    if (kryla(target).isPresent() || target.isPrimitive()) {
                        return Optional.empty();
                    }
                    Optional<String> library = TABLE.libraries().stream()
                            .filter(prefix -> target.getName().startsWith(prefix + "."))
                            .findFirst();
                    boolean allowed = library.map(name -> TABLE.mayUse(from, name))
                            .orElse(FREE.stream().anyMatch(target.getName()::startsWith));
                    return allowed ? Optional.empty() : Optional.of(from + " -> " + target.getName());
                }))
                .isEmpty();
    }

    /** A right that nobody uses would be taken later without anyone noticing. */
    @Test
    void everyLibraryIsUsedByAllWhoMay() {
        Set<String> unused = new TreeSet<>();
        for (String library : TABLE.libraries()) {
            for (String user : TABLE.usersOf(library)) {
                boolean uses = classes.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + user))
                        .flatMap(ArchitectureTest::dependencies)
                        .anyMatch(dependency -> dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getName()
                                .startsWith(library + "."));
                if (!uses) {
                    unused.add(user + " -> " + library);
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    @Test
    void flightControllersCannotReachTheTrueState() {
        assertThat(TABLE.reach("hil.autopilot")).isNotEmpty().doesNotContain("hil.physics", "hil.sensors");
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packagesInUse())
                .allSatisfy(name -> assertThat(classes.getPackage(ROOT + name).isAnnotatedWith(NullMarked.class))
                        .as("package-info.java with @NullMarked in %s", ROOT + name)
                        .isTrue());
    }

    @Test
    void namesSayWhatAClassIs() {
        assertThat(classes.stream()
                        .filter(Predicate.not(JavaClass::isAnonymousClass))
                        // JSSE's own words for what these are.
                        .filter(type ->
                                !type.isAssignableTo(KeyManager.class) && !type.isAssignableTo(TrustManager.class))
                        .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
                        .map(JavaClass::getName))
                .as("one idea, one name: these hold two ideas or none")
                .isEmpty();
    }

    private static Set<String> packagesInUse() {
        Set<String> names = new TreeSet<>();
        classes.forEach(type -> names.add(type.getPackageName().substring(ROOT.length())));
        return names;
    }

    private static Optional<String> kryla(JavaClass type) {
        return type.getPackageName().startsWith(ROOT)
                ? Optional.of(type.getPackageName().substring(ROOT.length()))
                : Optional.empty();
    }

    /** One line a kind of violation, each with the first place that shows it. */
    private static Set<String> violations(BiFunction<String, JavaClass, Optional<String>> rule) {
        Set<String> kinds = new TreeSet<>();
        Set<String> lines = new TreeSet<>();
        classes.stream().flatMap(ArchitectureTest::dependencies).forEach(dependency -> {
            String from = kryla(dependency.getOriginClass()).orElseThrow();
            rule.apply(from, dependency.getTargetClass().getBaseComponentType())
                    .filter(kinds::add)
                    .ifPresent(kind -> lines.add(kind + ": " + dependency.getDescription()));
        });
        return lines;
    }

    private static Stream<Dependency> dependencies(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream();
    }
}
