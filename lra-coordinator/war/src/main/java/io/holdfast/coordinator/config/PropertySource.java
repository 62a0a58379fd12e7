package io.holdfast.coordinator.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where properties come from: the first of a system property, an environment variable (in capitals, {@code _} for every other
 * character), and a context parameter of the web application.
 */
public final class PropertySource {
    private final Function<String, @Nullable String> lookup;

    private PropertySource(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /** @param contextParameters tells the context parameters, null for those that are not set */
    public static PropertySource ofServer(Function<String, @Nullable String> contextParameters) {
        return new PropertySource(name -> {
            String value = System.getProperty(name);
            if (value == null) {
                value = System.getenv(environmentName(name));
            }
            return value == null ? contextParameters.apply(name) : value;
        });
    }

    /** Any other source, for tests. */
    public static PropertySource of(Function<String, @Nullable String> lookup) {
        return new PropertySource(lookup);
    }

    static String environmentName(String name) {
        UnaryOperator<String> underscores = text -> text.replaceAll("[^A-Za-z0-9]", "_");
        return underscores.apply(name).toUpperCase(Locale.ROOT);
    }

    /** The value without blanks around it; empty when it is not set or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(lookup.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    long number(String name, long defaultValue, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfBounds(name, text.get(), min, max, notANumber);
        }
        throw outOfBounds(name, text.get(), min, max, null);
    }

    Duration millis(String name, Duration defaultValue, Duration min, Duration max) {
        return Duration.ofMillis(number(name, defaultValue.toMillis(), min.toMillis(), max.toMillis()));
    }

    private static ConfigurationException outOfBounds(
            String name, String value, long min, long max, @Nullable Exception cause) {
        var failure = new ConfigurationException(name + " must be " + min + " to " + max + ", not '" + value + "'");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
