/** What fuzz targets share. Each target stands in the package of its parser, and alone in its class: docs/hostile-input.md. */
@NullMarked
package io.kryla.fuzz;

import org.jspecify.annotations.NullMarked;
