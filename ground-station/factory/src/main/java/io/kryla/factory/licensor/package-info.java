/**
 * What the licensor does with its keys, and what it needs several persons for: drafts that are signed one after the other,
 * requests of new lines, orders to root and design CA, and what a line takes in. May import {@code factory.pki} and
 * {@code factory.license}. Start reading at {@code Draft} and {@code Licensor}.
 */
@NullMarked
package io.kryla.factory.licensor;

import org.jspecify.annotations.NullMarked;
