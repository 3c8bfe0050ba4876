/**
 * Every closed form that the simulator is held against, and the page of them (validation.md). Imports {@code closedform} and
 * the packages that are checked. Start at {@link io.kryla.hil.validation.Validation}.
 */
@NullMarked
package io.kryla.hil.validation;

import org.jspecify.annotations.NullMarked;
