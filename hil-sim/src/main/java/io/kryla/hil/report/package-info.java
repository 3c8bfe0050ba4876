/**
 * Writes what a tester signs: verdict, limits, margins and plots, in files that need nothing else; and the page of a
 * campaign. May import {@code io.kryla.hil.verdict}, {@code io.kryla.hil.campaign}, {@code io.kryla.hil.scenario}, {@code io.kryla.keys}. Start at {@link
 * io.kryla.hil.report.HtmlReport}.
 */
@NullMarked
package io.kryla.hil.report;

import org.jspecify.annotations.NullMarked;
