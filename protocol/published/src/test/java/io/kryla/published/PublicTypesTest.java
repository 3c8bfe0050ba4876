package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who compiles against a published module needs to know Kryla, the JDK and protobuf's messages, and no other library. */
class PublicTypesTest {
    /** Members that show a library's type all the same, each for a reason that its Javadoc gives. */
    private static final Set<String> EXEMPT = Set.of(
            "io.kryla.micrometer.MicrometerMetrics.in(io.micrometer.core.instrument.MeterRegistry, [Ljava.lang.String;)");

    private static final List<String> FREE = List.of("java.", "javax.", "com.google.protobuf.", "io.kryla.v1.");

    @TestFactory
    Stream<DynamicTest> showNoLibrary() {
        Map<PublishedModule, List<JavaClass>> modules = publicClasses();
        Set<String> offered = names(modules);
        return modules.entrySet().stream()
                .map(module -> dynamicTest(
                        module.getKey().toString(),
                        () -> assertThat(shown(module.getValue(), offered))
                                .as("public members of %s that name a type which its users cannot see", module.getKey())
                                .isEmpty()));
    }

    @Test
    void everyExemptionIsInUse() {
        Map<PublishedModule, List<JavaClass>> modules = publicClasses();
        Set<String> offered = names(modules);
        assertThat(modules.values().stream()
                        .flatMap(List::stream)
                        .flatMap(PublicTypesTest::publicMembers)
                        .filter(member ->
                                foreign(types(member), offered).findAny().isPresent())
                        .map(JavaMember::getFullName))
                .containsAll(EXEMPT);
    }

    /** Without the messages, of which there are many and all are public. */
    private static Map<PublishedModule, List<JavaClass>> publicClasses() {
        return PublishedModule.all().stream()
                .filter(module -> !module.isProtocol())
                .collect(Collectors.toMap(module -> module, PublishedModule::publicClasses));
    }

    private static Set<String> names(Map<PublishedModule, List<JavaClass>> modules) {
        return modules.values().stream()
                .flatMap(List::stream)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> shown(List<JavaClass> classes, Set<String> offered) {
        Set<String> shown = new TreeSet<>();
        classes.forEach(type -> {
            foreign(parents(type), offered).forEach(name -> shown.add(type.getName() + " -> " + name));
            publicMembers(type)
                    .filter(member -> !EXEMPT.contains(member.getFullName()))
                    .forEach(member -> foreign(types(member), offered)
                            .forEach(name -> shown.add(member.getFullName() + " -> " + name)));
        });
        return shown;
    }

    private static Stream<JavaMember> publicMembers(JavaClass type) {
        return type.getMembers().stream()
                .filter(member -> PublishedModule.isPublic(member.getModifiers())
                        && !member.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static Stream<JavaType> parents(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (!(member instanceof JavaCodeUnit method)) {
            return Stream.of(((JavaField) member).getType());
        }
        return Stream.of(List.of(method.getReturnType()), method.getParameterTypes(), method.getExceptionTypes())
                .flatMap(Collection::stream);
    }

    private static Stream<String> foreign(Stream<? extends JavaType> types, Set<String> offered) {
        Set<JavaClass> named = new HashSet<>();
        types.forEach(type -> named.addAll(type.getAllInvolvedRawTypes()));
        return named.stream()
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !offered.contains(name) && FREE.stream().noneMatch(name::startsWith));
    }
}
