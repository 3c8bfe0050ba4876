/**
 * Writes the page that a tester signs: verdict, limits, margins and plots, in one HTML file that needs nothing else. May
 * import {@code io.kryla.hil.verdict}, {@code io.kryla.hil.scenario}, {@code io.kryla.keys}. Start at {@link
 * io.kryla.hil.report.HtmlReport}.
 */
@NullMarked
package io.kryla.hil.report;

import org.jspecify.annotations.NullMarked;
