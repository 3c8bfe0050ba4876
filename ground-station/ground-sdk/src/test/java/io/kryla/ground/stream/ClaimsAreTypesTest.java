package io.kryla.ground.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.telemetry.AttestedRecord;
import io.kryla.telemetry.AuthenticRecord;
import io.kryla.telemetry.Claimed;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was not verified cannot be handed to a subscriber: there is no way to write it down. */
class ClaimsAreTypesTest {
    private static final List<Class<?>> CLAIMED =
            List.of(AuthenticRecord.class, AttestedRecord.class, AuthenticSample.class, AttestedSample.class);

    @Test
    void nobodyOutsideTheirPackageMakesThem() {
        assertThat(CLAIMED).allSatisfy(type -> {
            assertThat(type.getModifiers() & Modifier.FINAL).as("final").isNotZero();
            assertThat(type.getDeclaredConstructors())
                    .extracting(Constructor::getModifiers)
                    .allSatisfy(modifiers -> assertThat(modifiers & (Modifier.PUBLIC | Modifier.PROTECTED))
                            .isZero());
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> Modifier.isStatic(method.getModifiers()))
                            .filter(method -> Modifier.isPublic(method.getModifiers())
                                    || Modifier.isProtected(method.getModifiers())))
                    .as("factories")
                    .isEmpty();
        });
        assertThat(Claimed.class.isSealed()).isTrue();
        assertThat(ClaimedSample.class.isSealed()).isTrue();
    }

    @Test
    void aRelayTakesNothingElse() {
        assertThat(Stream.of(TelemetryRelay.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getName().equals("offer"))
                        .map(Method::getParameterTypes)
                        .map(types -> types[1]))
                .containsExactly(Claimed.class);
    }
}
