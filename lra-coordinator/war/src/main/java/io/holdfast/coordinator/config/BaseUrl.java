package io.holdfast.coordinator.config;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.input.HostNotAllowedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the id of a new LRA begins with; never the Host header of a request unless its host is trusted. Thread-safe. */
public final class BaseUrl {
    private final Optional<String> configured;
    private final HostList hosts;

    /** The last one that was found to be trusted: mostly all clients use one. */
    private volatile @Nullable String trusted;

    public BaseUrl(Configuration configuration) {
        this.configured = configuration.baseUrl();
        this.hosts = configuration.hosts();
    }

    /**
     * @param requested the base under which the coordinator was called, without a slash at its end
     * @throws HostNotAllowedException if no base is configured and the host that was called is not trusted
     */
    public String forRequest(String requested) {
        return configured.orElseGet(() -> requested.equals(trusted) ? requested : checked(requested));
    }

    private String checked(String requested) {
        URI base;
        try {
            base = new URI(requested);
        } catch (URISyntaxException notAUrl) {
            throw notTrusted(requested);
        }
        if (base.getHost() == null || !hosts.allows(base.getHost())) {
            throw notTrusted(String.valueOf(base.getRawAuthority()));
        }
        trusted = requested;
        return requested;
    }

    private HostNotAllowedException notTrusted(String called) {
        return new HostNotAllowedException("This coordinator does not answer under the host '" + Bounds.shown(called)
                + "': set " + Configuration.BASE_URL + ", or add the host to " + Configuration.HOSTS + " (now " + hosts
                + ")");
    }
}
