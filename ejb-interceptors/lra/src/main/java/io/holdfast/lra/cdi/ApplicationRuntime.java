package io.holdfast.lra.cdi;

import io.holdfast.lra.config.ParticipantConfiguration;
import io.holdfast.lra.config.ParticipantSettings;
import io.holdfast.lra.config.PropertySource;
import io.holdfast.lra.runtime.ParticipantRuntime;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The application's runtime, made when it is first needed. Thread-safe. */
@ApplicationScoped
public class ApplicationRuntime {
    private final @Nullable LraExtension found;
    private final @Nullable BeanManager manager;
    /** One, or those of an EAR with the library in its lib directory. */
    private final List<ServletContext> webApplications = new ArrayList<>();

    private @Nullable ParticipantRuntime runtime;

    /** For proxies. */
    protected ApplicationRuntime() {
        this.found = null;
        this.manager = null;
    }

    @Inject
    ApplicationRuntime(LraExtension found, BeanManager manager) {
        this.found = found;
        this.manager = manager;
    }

    /** Web applications tell their context, in which there may be properties. */
    synchronized void begin(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (started instanceof ServletContext context) {
            webApplications.add(context);
        }
    }

    /**
     * The runtime; empty where the server's own participants serve the application.
     *
     * @throws io.holdfast.lra.config.ConfigurationException if a property is not what it has to be
     */
    public Optional<ParticipantRuntime> runtime() {
        return isServedByOthers() ? Optional.empty() : Optional.of(whoeverServes());
    }

    /** Whether the server's own participants serve the application, so that no callback of it comes here. */
    public boolean isServedByOthers() {
        return found == null || found.isOff();
    }

    /**
     * The runtime, for what needs a coordinator only.
     *
     * @throws io.holdfast.lra.config.ConfigurationException if a property is not what it has to be
     */
    public synchronized ParticipantRuntime whoeverServes() {
        if (found == null || manager == null) {
            throw new IllegalStateException("not made by CDI");
        }
        if (runtime == null) {
            runtime = create(found, manager);
        }
        return runtime;
    }

    private ParticipantRuntime create(LraExtension extension, BeanManager beans) {
        ParticipantSettings settings =
                ParticipantConfiguration.readAll(PropertySource.ofServer(this::contextParameter));
        byte[] secret = settings.callbackSecret()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> new KeptSecret(KeptSecret.directoryOfServer()).get());
        List<Class<?>> noBeans = webApplications.stream()
                .<Class<?>>flatMap(context -> ResourceCheck.found(context).stream())
                .toList();
        return new ParticipantRuntime(
                settings,
                new FoundParticipants(extension, beans, noBeans),
                secret,
                extension.applicationPath(webApplications));
    }

    private @Nullable String contextParameter(String name) {
        return webApplications.stream()
                .flatMap(context -> Stream.ofNullable(context.getInitParameter(name)))
                .findFirst()
                .orElse(null);
    }

    @PreDestroy
    synchronized void end() {
        if (runtime != null) {
            runtime.close();
        }
    }
}
