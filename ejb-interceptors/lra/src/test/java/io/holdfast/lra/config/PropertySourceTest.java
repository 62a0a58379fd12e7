package io.holdfast.lra.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PropertySourceTest {
    private static final String NAME = "holdfast.lra.test";

    @AfterEach
    void reset() {
        System.clearProperty(NAME);
        ConfigProviderResolver.setInstance(null);
    }

    @Test
    void microprofile_config_comes_first_where_there_is_one() {
        System.setProperty(NAME, "system");
        ConfigProviderResolver.setInstance(new Resolver(Map.of(NAME, "config")));

        assertThat(PropertySource.ofServer(name -> "context").text(NAME)).contains("config");
    }

    @Test
    void its_api_alone_is_none() {
        System.setProperty(NAME, "system");

        assertThat(PropertySource.ofServer(name -> "context").text(NAME)).contains("system");
    }

    @Test
    void context_parameters_come_last() {
        assertThat(PropertySource.ofServer(name -> "context").text(NAME)).contains("context");
        ConfigProviderResolver.setInstance(new Resolver(Map.of()));
        assertThat(PropertySource.ofServer(name -> "context").text(NAME)).contains("context");
    }

    @Test
    void what_is_blank_is_not_set() {
        assertThat(PropertySource.ofServer(name -> " ").text(NAME)).isEmpty();
    }

    @Test
    void without_the_api_there_is_none() {
        assertThat(MicroProfileConfig.isThere(ClassLoader.getPlatformClassLoader()))
                .isFalse();
        assertThat(MicroProfileConfig.isThere(PropertySourceTest.class.getClassLoader()))
                .isTrue();
    }

    private static final class Resolver extends ConfigProviderResolver {
        private final Map<String, String> values;

        Resolver(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public Config getConfig() {
            return (Config) Proxy.newProxyInstance(
                    Resolver.class.getClassLoader(),
                    new Class<?>[] {Config.class},
                    (proxy, method, arguments) -> Optional.ofNullable(values.get((String) arguments[0])));
        }

        @Override
        public Config getConfig(@Nullable ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void registerConfig(Config config, @Nullable ClassLoader loader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void releaseConfig(Config config) {
            throw new UnsupportedOperationException();
        }
    }
}
