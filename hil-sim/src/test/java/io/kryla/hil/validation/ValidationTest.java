package io.kryla.hil.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.hil.closedform.ClosedFormCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ValidationTest {
    private static Validation validation;

    @BeforeAll
    static void fly() {
        validation = Validation.run();
    }

    @TestFactory
    Stream<DynamicTest> everyClosedFormHolds() {
        return validation.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.subject() + ": " + check.quantity(),
                        () -> assertThat(check)
                                .as("expected %s, got %s", check.expected(), check.measured())
                                .matches(ClosedFormCheck::holds)));
    }

    @Test
    void thePageIsWhatTheCommandWrites() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "validation.md")))
                .as("docs/validation.md is made by kryla sim validate --out docs/validation.md")
                .isEqualTo(validation.page());
    }

    @Test
    void whatMissesIsMarked() {
        var missed = new ClosedFormCheck("a", "b", "m", 1, 1.5, 0.1, "c");
        var page = new Validation(java.util.Map.of("x", java.util.List.of(missed))).page();
        assertThat(page).contains("| 1 | 1.5 | 0.5 | 0.1 **missed** |", "0 of 1 hold.");
        assertThat(new ClosedFormCheck("a", "b", "m", 1, Double.NaN, 1, "c").holds())
                .isFalse();
    }
}
