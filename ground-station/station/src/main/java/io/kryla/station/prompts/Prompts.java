package io.kryla.station.prompts;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts of one language by key; placeholders are those of {@link MessageFormat}. Immutable, any thread. */
public final class Prompts {
    private static final String BUNDLE = "io.kryla.station.prompts.prompts";

    private final Locale locale;
    private final ResourceBundle texts;

    private Prompts(Language language) {
        this.locale = language.locale();
        // Without this control a missing language would fall back to the machine's.
        this.texts = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public static Prompts in(Language language) {
        return new Prompts(language);
    }

    /** @throws java.util.MissingResourceException if there is no such key */
    public String text(String key, Object... values) {
        return new MessageFormat(texts.getString(key), locale).format(values);
    }

    /** How to hold an airframe, by the word of the pose. */
    public String pose(String word) {
        return text("pose." + word);
    }
}
