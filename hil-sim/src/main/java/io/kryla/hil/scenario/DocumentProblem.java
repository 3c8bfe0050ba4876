package io.kryla.hil.scenario;

import java.util.Optional;

/**
 * One thing that is wrong with a document.
 *
 * @param line from 1
 * @param column from 1
 * @param nearest the valid word that comes nearest to what was written
 */
public record DocumentProblem(String file, int line, int column, String what, Optional<String> nearest) {

    /** {@code plan.yaml:12:7: unknown key "hieght"; did you mean "height"?} */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + what
                + nearest.map(word -> "; did you mean \"" + word + "\"?").orElse("");
    }
}
