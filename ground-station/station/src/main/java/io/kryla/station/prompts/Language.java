package io.kryla.station.prompts;

import java.util.Locale;

/** A language that operators are spoken to in. */
public enum Language {
    EN("en"),
    DE("de"),
    UK("uk");

    private final Locale locale;

    Language(String tag) {
        this.locale = Locale.forLanguageTag(tag);
    }

    Locale locale() {
        return locale;
    }

    /** The language of a locale; English for any other. */
    public static Language of(Locale locale) {
        for (Language language : values()) {
            if (language.locale.getLanguage().equals(locale.getLanguage())) {
                return language;
            }
        }
        return EN;
    }
}
