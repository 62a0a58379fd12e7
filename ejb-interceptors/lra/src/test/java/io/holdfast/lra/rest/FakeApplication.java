package io.holdfast.lra.rest;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorSettings;
import io.holdfast.lra.config.ParticipantSettings;
import io.holdfast.lra.model.Callback;
import io.holdfast.lra.model.CallbackKind;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.Participants;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** Resources with the library's filters on a Jersey server of its own, on the loopback address. */
final class FakeApplication implements Application, Participants, AutoCloseable {
    private static final ThreadLocal<@Nullable DataCell> DATA = new ThreadLocal<>();

    /** More than any server takes by default. */
    private static final int MAX_HEADER_BYTES = 500_000;

    /** So that no test fails because the machine is busy. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ParticipantRuntime runtime;
    private final Map<Class<?>, Object> objects = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Client client = ClientBuilder.newClient();
    private final URI base;
    private boolean isOff;

    FakeApplication(CoordinatorAddress coordinator, Object... resources) {
        this(settings(coordinator, LONG), resources);
    }

    FakeApplication(ParticipantSettings settings, Object... resources) {
        runtime = new ParticipantRuntime(settings, this, "a secret of tests".getBytes(StandardCharsets.UTF_8));
        ResourceConfig config = new ResourceConfig()
                .register(new LraServerFilter(this))
                .register(new LraCallbackFilter(this))
                .register(new JerseyRequestEnd(this))
                .property("jakarta.ws.rs.loadServices", false);
        for (Object resource : resources) {
            objects.put(resource.getClass(), resource);
            config.register(resource);
        }
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":0/app/"), config, false);
        NetworkListener listener = server.getListeners().iterator().next();
        listener.setMaxHttpHeaderSize(MAX_HEADER_BYTES);
        listener.getTransport()
                .setWorkerThreadPoolConfig(
                        ThreadPoolConfig.defaultConfig().setCorePoolSize(1).setMaxPoolSize(1));
        try {
            server.start();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        base = URI.create("http://localhost:" + listener.getPort() + "/app");
    }

    static ParticipantSettings settings(CoordinatorAddress coordinator, Duration responseTimeout) {
        return ParticipantSettings.of(new CoordinatorSettings(
                List.of(coordinator), Set.of(), CoordinatorSettings.DEFAULT_CONNECT_TIMEOUT, responseTimeout));
    }

    void switchOff() {
        isOff = true;
    }

    URI base() {
        return base;
    }

    ParticipantRuntime ofParticipants() {
        return runtime;
    }

    WebTarget at(String path) {
        return client.target(base).path(path);
    }

    /** The data of the participant whose method runs on this thread. */
    static DataCell data() {
        DataCell data = DATA.get();
        if (data == null) {
            throw new IllegalStateException("no method of a resource runs on this thread");
        }
        return data;
    }

    @Override
    public Optional<ResourceModel> found(Class<?> type) {
        return Optional.empty();
    }

    @Override
    public Optional<ParticipantRuntime> runtime() {
        return isOff ? Optional.empty() : Optional.of(runtime);
    }

    @Override
    public void show(DataCell data) {
        DATA.set(data);
    }

    @Override
    public Optional<ResourceModel> model(Class<?> type) {
        return Optional.of(ResourceModel.read(type).model());
    }

    @Override
    public Optional<Class<?>> withPlainCallbacks(String classId) {
        return objects.keySet().stream()
                .filter(type -> Participants.idOf(type).equals(classId))
                .filter(type -> Stream.of(CallbackKind.values())
                        .anyMatch(kind ->
                                ResourceModel.read(type).model().callback(kind).orElse(null) instanceof Callback.Plain))
                .<Class<?>>map(type -> type)
                .findFirst();
    }

    @Override
    public Instance instance(Class<?> type) {
        Object object = objects.get(type);
        if (object == null) {
            throw new IllegalStateException("no " + type);
        }
        return new Instance() {
            @Override
            public Object get() {
                return object;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
        runtime.close();
    }
}
