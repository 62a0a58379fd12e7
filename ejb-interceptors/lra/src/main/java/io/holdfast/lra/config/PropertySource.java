package io.holdfast.lra.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where properties come from: MicroProfile Config where the server has one, which knows system properties and the environment, else the
 * system properties; and, for what is not set there, the context parameters of the web application.
 */
public final class PropertySource {
    private final Function<String, @Nullable String> lookup;

    private PropertySource(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /** @param contextParameters tells the context parameters, null for those that are not set */
    public static PropertySource ofServer(Function<String, @Nullable String> contextParameters) {
        Function<String, @Nullable String> first = MicroProfileConfig.isThere(PropertySource.class.getClassLoader())
                ? microProfileOrSystem()
                : System::getProperty;
        return new PropertySource(name -> {
            String value = first.apply(name);
            return value == null ? contextParameters.apply(name) : value;
        });
    }

    private static Function<String, @Nullable String> microProfileOrSystem() {
        Optional<MicroProfileConfig> config = MicroProfileConfig.find();
        return config.isPresent() ? config.get()::find : System::getProperty;
    }

    /** Any other source, for tests. */
    static PropertySource of(Function<String, @Nullable String> lookup) {
        return new PropertySource(lookup);
    }

    /** The value without blanks around it; empty when it is not set or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(lookup.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The parts between commas. */
    Stream<String> list(String name) {
        return text(name).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(part -> !part.isEmpty());
    }
}
