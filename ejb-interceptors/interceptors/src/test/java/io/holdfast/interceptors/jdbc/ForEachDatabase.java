package io.holdfast.interceptors.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** A test that takes a {@link TestDatabase}, of which the system property {@code test.databases} names those that it runs with. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(ForEachDatabase.Named.class)
public @interface ForEachDatabase {
    /** H2 and PostgreSQL by default. */
    final class Named implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Arrays.stream(System.getProperty("test.databases", "H2,POSTGRESQL")
                            .split(",", -1))
                    .map(TestDatabase::valueOf)
                    .map(Arguments::of);
        }
    }
}
