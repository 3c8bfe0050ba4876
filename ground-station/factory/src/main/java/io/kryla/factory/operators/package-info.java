/**
 * People at a line: badges, who may do what, and statements that a person signs. A badge's key signs; the line's operations
 * CA certifies it for a shift; whatever is signed names card and person by ids, never by name. May import the factory's
 * {@code pki} and the identity packages. Start reading at {@code Badge} and {@code BadgeDesk}.
 */
@NullMarked
package io.kryla.factory.operators;

import org.jspecify.annotations.NullMarked;
