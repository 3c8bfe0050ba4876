package io.kryla.factory.operators;

import java.util.function.UnaryOperator;

/**
 * Where a line keeps its badge register. Implementations are safe for several processes: a change is made to the newest
 * register, and is durable when {@link #change} returns.
 */
public interface BadgeStore {
    /** The newest register; an empty one at a line that has none yet. */
    BadgeRegister read();

    /** Changes the newest register; writes nothing if the change throws or changes nothing. */
    BadgeRegister change(UnaryOperator<BadgeRegister> change);
}
