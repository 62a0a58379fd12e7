package io.holdfast.lra.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The application's MicroProfile Config. Loaded only where its API is. */
final class MicroProfileConfig {
    private static final String API = "org.eclipse.microprofile.config.ConfigProvider";

    private final Config config;

    private MicroProfileConfig(Config config) {
        this.config = config;
    }

    static boolean isThere(ClassLoader loader) {
        try {
            Class.forName(API, false, loader);
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }

    /** Empty when there is the API without an implementation. */
    static Optional<MicroProfileConfig> find() {
        try {
            return Optional.of(new MicroProfileConfig(ConfigProvider.getConfig()));
        } catch (IllegalStateException noImplementation) {
            return Optional.empty();
        }
    }

    @Nullable
    String find(String name) {
        return config.getOptionalValue(name, String.class).orElse(null);
    }
}
