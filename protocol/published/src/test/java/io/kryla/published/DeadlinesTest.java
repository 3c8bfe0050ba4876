package io.kryla.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whoever waits in the public API waits for a time that is known: each method that returns a future or blocks until something comes
 * takes a {@link Duration}, or its Javadoc states how long that is.
 */
class DeadlinesTest {
    private static final Set<String> TIMES = Set.of(Duration.class.getName(), "io.kryla.session.ChannelLimits");

    /** What blocks until something comes, by name: {@code await…} and these; the others only when nothing is handed to them. */
    private static final Set<String> WAITING = Set.of("connect", "join");

    private static final Set<String> WAITING_FOR_INPUT = Set.of("receive", "accept");

    /** Methods without such a parameter, and the words of their Javadoc that say how long. */
    private static final Map<String, String> STATED = Map.ofEntries(
            Map.entry("io.kryla.airframe.AirframeAgent.connect", "at most 55 seconds"),
            Map.entry("io.kryla.airframe.AirframeAgent.stayConnected", "at most 55 seconds"),
            Map.entry("io.kryla.airframe.GroundPath.connect", "within the times of its own"),
            Map.entry("io.kryla.ground.fleet.SentCommand.answer", "within the time that was given"),
            Map.entry("io.kryla.ground.fleet.SentCommand.outcome", "within the time that was given"),
            Map.entry("io.kryla.link.LinkLoop.connect", "at once"),
            Map.entry("io.kryla.link.SharedLine.accept", "until the line is closed"),
            Map.entry("io.kryla.link.UdpLink.connect", "at once"),
            Map.entry("io.kryla.radio.SerialRadio.accept", "until the line is closed"),
            Map.entry("io.kryla.session.SecureChannel.receive", "as long as it takes"),
            Map.entry("io.kryla.test.FakeAirframe.connect", "at most 20 seconds"));

    @Test
    void everyWaitHasItsTime() throws IOException {
        Set<String> untimed = new TreeSet<>();
        Set<String> excused = new TreeSet<>();
        for (PublishedModule module : PublishedModule.all()) {
            if (module.isProtocol()) {
                continue;
            }
            for (JavaMethod method : waits(module)) {
                String name = method.getOwner().getName() + "." + method.getName();
                String words = STATED.get(name);
                if (words != null && says(module, method, words)) {
                    excused.add(name);
                } else {
                    untimed.add(name + (words == null ? "" : ": its Javadoc does not say \"" + words + "\""));
                }
            }
        }
        assertThat(untimed)
                .as("public methods that wait for a time which nobody knows")
                .isEmpty();
        assertThat(excused).isEqualTo(new TreeSet<>(STATED.keySet()));
    }

    /** Without those that are given a time. */
    private static List<JavaMethod> waits(PublishedModule module) {
        List<JavaMethod> waits = new ArrayList<>();
        for (JavaClass type : module.publicClasses()) {
            for (JavaMethod method : type.getMethods()) {
                if (PublishedModule.isPublic(method.getModifiers())
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && waits(method)
                        && method.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .noneMatch(TIMES::contains)) {
                    waits.add(method);
                }
            }
        }
        return waits;
    }

    private static boolean waits(JavaMethod method) {
        JavaClass returned = method.getRawReturnType();
        if (returned.isAssignableTo(Future.class) || returned.isAssignableTo(CompletionStage.class)) {
            return true;
        }
        if (method.getExceptionTypes().stream()
                .anyMatch(thrown -> thrown.getName().equals(InterruptedException.class.getName()))) {
            return true;
        }
        String name = method.getName();
        boolean accessor = TIMES.contains(returned.getName())
                && method.getRawParameterTypes().isEmpty();
        return name.matches("await[A-Z]?.*")
                || (WAITING.contains(name) && !accessor)
                || (WAITING_FOR_INPUT.contains(name)
                        && method.getRawParameterTypes().isEmpty()
                        && !method.getModifiers().contains(JavaModifier.STATIC));
    }

    /** Whether one of the comments in front of methods of that name has the words; a comment that is inherited is the parent's. */
    private static boolean says(PublishedModule module, JavaMethod method, String words) throws IOException {
        Path source = module.folder()
                .resolve("src/main/java")
                .resolve(method.getOwner().getName().replace('.', '/') + ".java");
        String text = Files.readString(source);
        Matcher comments = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/[^;{}]*\\b" + method.getName() + "\\(", Pattern.DOTALL)
                .matcher(text);
        while (comments.find()) {
            if (comments.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").contains(words)) {
                return true;
            }
        }
        return false;
    }
}
