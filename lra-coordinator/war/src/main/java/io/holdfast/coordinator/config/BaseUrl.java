package io.holdfast.coordinator.config;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.input.HostNotAllowedException;
import java.net.URI;
import java.util.Optional;

/** What the id of a new LRA begins with; never the Host header of a request unless its host is trusted. Immutable. */
public final class BaseUrl {
    private final Optional<String> configured;
    private final HostList hosts;

    public BaseUrl(Configuration configuration) {
        this.configured = configuration.baseUrl();
        this.hosts = configuration.hosts();
    }

    /**
     * @param requested the base under which the coordinator was called
     * @throws HostNotAllowedException if no base is configured and the host that was called is not trusted
     */
    public String forRequest(URI requested) {
        if (configured.isPresent()) {
            return configured.get();
        }
        String host = requested.getHost();
        if (host == null || !hosts.allows(host)) {
            throw new HostNotAllowedException("This coordinator does not answer under the host '"
                    + Bounds.shown(String.valueOf(requested.getRawAuthority())) + "': set " + Configuration.BASE_URL
                    + ", or add the host to " + Configuration.HOSTS + " (now " + hosts + ")");
        }
        String text = requested.getScheme() + "://" + requested.getRawAuthority() + requested.getRawPath();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
