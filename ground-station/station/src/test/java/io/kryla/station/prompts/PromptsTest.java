package io.kryla.station.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.calibration.Pose;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every text is there in every language, and takes the same values. */
class PromptsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[0-9]+}");

    @Test
    void everyLanguageHasEveryKeyAndNoOther() {
        Set<Object> english = load("").keySet();
        assertThat(english).isNotEmpty();
        assertThat(load("_de").keySet()).isEqualTo(english);
        assertThat(load("_uk").keySet()).isEqualTo(english);
    }

    @Test
    void everyLanguageTakesTheSameValues() {
        Properties english = load("");
        for (String suffix : new String[] {"_de", "_uk"}) {
            load(suffix)
                    .forEach((key, text) -> assertThat(placeholders((String) text))
                            .as(suffix + " " + key)
                            .isEqualTo(placeholders(english.getProperty((String) key))));
        }
    }

    @Test
    void everyTextIsAMessageFormatThatKeepsItsValues() {
        for (Language language : Language.values()) {
            for (Object key : load("").keySet()) {
                Object[] values = {"v0", "v1", "v2", "v3", "v4", "v5"};
                String text = Prompts.in(language).text((String) key, values);
                assertThat(text).as(language + " " + key).isNotBlank().doesNotContain("{");
                for (String placeholder : placeholders(load("").getProperty((String) key))) {
                    assertThat(text).contains("v" + placeholder.charAt(1));
                }
            }
        }
    }

    @Test
    void everyPoseCanBeAskedFor() {
        for (Language language : Language.values()) {
            assertThat(Arrays.stream(Pose.values())
                            .map(pose -> Prompts.in(language).pose(pose.word())))
                    .doesNotHaveDuplicates()
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void languagesDiffer() {
        assertThat(Arrays.stream(Language.values())
                        .map(language -> Prompts.in(language).pose("level")))
                .doesNotHaveDuplicates();
        assertThat(Language.of(java.util.Locale.forLanguageTag("uk-UA"))).isEqualTo(Language.UK);
        assertThat(Language.of(java.util.Locale.forLanguageTag("fr"))).isEqualTo(Language.EN);
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties load(String suffix) {
        try (var in = PromptsTest.class.getResourceAsStream("prompts" + suffix + ".properties")) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
