package io.kryla.testing;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives each property that names no seed one of its own name, so that it tries the same values on every machine and in
 * every run, and multiplies the tries by the system property {@code kryla.test.tries.factor}. A failure found by more
 * tries repeats with the same factor.
 */
public final class RepeatableProperties implements AroundPropertyHook {
    private static final int TRIES = 500;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        if (attributes.seed().isEmpty()) {
            String name = context.containerClass().getName() + "."
                    + context.targetMethod().getName();
            attributes.setSeed(Integer.toString(name.hashCode()));
        }
        attributes.setTries(
                Math.multiplyExact(attributes.tries().orElse(TRIES), Integer.getInteger("kryla.test.tries.factor", 1)));
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public boolean appliesTo(Optional<AnnotatedElement> element) {
        return true;
    }
}
