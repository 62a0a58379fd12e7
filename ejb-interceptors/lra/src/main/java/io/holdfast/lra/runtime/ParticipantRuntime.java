package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.config.ParticipantSettings;
import io.holdfast.lra.model.ResourceModel;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** All that one application needs to take part in LRAs. Thread-safe. */
public final class ParticipantRuntime implements AutoCloseable {
    private static final Duration LONGEST_CALLBACK = Duration.ofSeconds(30);

    private final CoordinatorClient coordinator;
    private final RepeatedEnds repeated;
    private final ParticipantSettings settings;
    private final Participants participants;
    private final CallbackLinks links;
    private final Gate gate;
    private final PlainCallbacks plainCallbacks;
    /** The JAX-RS application's address of the latest request, for joins outside of requests; empty before the first. */
    private volatile String lastBase;

    /** @param secret from which the addresses of plain callbacks are made */
    public ParticipantRuntime(ParticipantSettings settings, Participants participants, byte[] secret) {
        this(settings, participants, secret, Optional.empty());
    }

    /**
     * @param secret from which the addresses of plain callbacks are made
     * @param path of the JAX-RS application on this server, if it is known before its first request
     */
    public ParticipantRuntime(
            ParticipantSettings settings, Participants participants, byte[] secret, Optional<String> path) {
        this(settings, participants, secret, path, new OwnThread("holdfast-lra-ends"));
    }

    /**
     * @param secret from which the addresses of plain callbacks are made
     * @param path of the JAX-RS application on this server, if it is known before its first request
     * @param timers for the ends of LRAs that are repeated; closed with this
     */
    public ParticipantRuntime(
            ParticipantSettings settings,
            Participants participants,
            byte[] secret,
            Optional<String> path,
            Timers timers) {
        this.lastBase = settings.baseUrl()
                .flatMap(configured -> path.map(below -> trimmed(configured + below)))
                .orElse("");
        this.coordinator = new CoordinatorClient(settings.coordinators());
        this.repeated = new RepeatedEnds(coordinator, timers);
        this.settings = settings;
        this.participants = participants;
        CallbackTokens tokens = new CallbackTokens(secret);
        this.links = new CallbackLinks(tokens);
        this.gate = new Gate(coordinator, repeated, settings.propagates());
        this.plainCallbacks = new PlainCallbacks(tokens, participants, LONGEST_CALLBACK);
    }

    public Gate gate() {
        return gate;
    }

    public CoordinatorClient coordinator() {
        return coordinator;
    }

    public PlainCallbacks plainCallbacks() {
        return plainCallbacks;
    }

    public Optional<ResourceModel> model(Class<?> type) {
        return participants.model(type);
    }

    /** That of a bean, whose class the container may have extended. */
    public Optional<ResourceModel> modelOfBean(Class<?> type) {
        Optional<ResourceModel> model = Optional.empty();
        for (Class<?> each = type; each != null && model.isEmpty(); each = each.getSuperclass()) {
            model = participants.found(each);
        }
        return model;
    }

    /** Where coordinators reach the JAX-RS application of a request, without a slash at the end. */
    public String base(URI requestBase) {
        String base = settings.baseUrl()
                .map(configured -> configured + requestBase.getRawPath())
                .orElseGet(requestBase::toString);
        String trimmed = trimmed(base);
        lastBase = trimmed;
        return trimmed;
    }

    private static String trimmed(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** The same as in the latest request; before the first one only where it is configured and the application has one path. */
    public Optional<String> base() {
        return Optional.of(lastBase).filter(known -> !known.isEmpty());
    }

    /** By which a class joins or leaves an LRA, as a Link header; empty if it does not join any. */
    public Optional<String> link(ResourceModel model, String base, Map<String, String> pathParameters, LraId lra) {
        return links.of(model, base, pathParameters, lra);
    }

    /** Ends of LRAs that are still repeated are given up, with a line in the log for each. */
    @Override
    public void close() {
        repeated.close();
        coordinator.close();
    }
}
