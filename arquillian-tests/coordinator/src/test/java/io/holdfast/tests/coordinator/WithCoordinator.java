package io.holdfast.tests.coordinator;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all test classes one {@link CoordinatorServer}, which JUnit closes after the last. */
final class WithCoordinator implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(WithCoordinator.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CoordinatorServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        CoordinatorServer.class, key -> CoordinatorServer.started(), CoordinatorServer.class);
    }
}
