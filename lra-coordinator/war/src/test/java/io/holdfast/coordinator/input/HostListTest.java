package io.holdfast.coordinator.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]"})
    void loopback_is_always_trusted(String host) {
        assertThat(HostList.parse("").allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", "169.254.169.254", "0.0.0.0"})
    void nothing_else_is_trusted_by_default(String host) {
        assertThat(HostList.parse("").allows(host)).isFalse();
    }

    @Test
    void names_addresses_and_domains_can_be_listed() {
        HostList hosts = HostList.parse(" Shop , 10.0.0.7, *.example.com, [fd00::7] ");

        assertThat(hosts.allows("shop")).isTrue();
        assertThat(hosts.allows("10.0.0.7")).isTrue();
        assertThat(hosts.allows("a.b.Example.com")).isTrue();
        assertThat(hosts.allows("[fd00::7]")).isTrue();
        assertThat(hosts.allows("example.com")).isFalse();
        assertThat(hosts.allows("badexample.com")).isFalse();
    }

    @Test
    void a_star_trusts_every_host() {
        assertThat(HostList.parse("*").allows("anything.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "h:80", "a b", "*x", "a.*"})
    void what_is_no_host_is_refused(String entry) {
        assertThatThrownBy(() -> HostList.parse(entry))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(entry);
    }
}
