package io.holdfast.coordinator.participant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.EndpointParameters;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 connections to participants, which stay open between calls. There is no bound on them, since the engine bounds the calls to
 * one endpoint. Over TLS the certificate must be the host's. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final int MAX_HEADER_LINE = 16_384;
    private static final int MAX_HEADERS = 200;
    /** For all hosts that are connected to at one time; looking up a host's name blocks. */
    private static final int CONNECTING_THREADS = 32;

    private static final long IDLE_THREAD_SECONDS = 10;
    private static final TimeValue CLOSING_TIME = TimeValue.ofMilliseconds(500);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final HttpAsyncRequester requester;
    private final ExecutorService threads = newConnectingThreads();
    private final Map<HttpHost, Deque<IOSession>> idle = new ConcurrentHashMap<>();
    private final Timers timers;
    private final Timeout idleTime;
    private volatile Cancellable nextSweep;

    /** @param idleTime how long a connection stays open on which nothing comes in, whether a call waits for it or none */
    Connections(Timers timers, Duration idleTime, BasicClientTlsStrategy tls) {
        this.timers = timers;
        this.idleTime = Timeout.of(idleTime);
        this.requester = AsyncRequesterBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                // Bytes that a client's server read as Latin-1 reach the participant as they were.
                .setCharCodingConfig(
                        CharCodingConfig.custom().setCharset(ISO_8859_1).build())
                // Without "Expect: 100-continue", for which the bodies are too short.
                .setHttpProcessor(HttpProcessorBuilder.create()
                        .addAll(
                                RequestTargetHost.INSTANCE,
                                RequestContent.INSTANCE,
                                RequestConnControl.INSTANCE,
                                new RequestUserAgent("Holdfast"))
                        .build())
                .setTlsStrategy(tls)
                .setExceptionCallback(failure -> CoordinatorMessage.CALLBACK_CONNECTION_FAILED.log(failure, failure))
                .create();
        requester.start();
        nextSweep = timers.schedule(SWEEP, this::sweep);
    }

    private static ExecutorService newConnectingThreads() {
        var threads = new ThreadPoolExecutor(
                CONNECTING_THREADS,
                CONNECTING_THREADS,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    var thread = new Thread(task, "holdfast-coordinator-connecting");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Runs {@link #connect}, which blocks while the host's name is looked up. */
    Executor threads() {
        return threads;
    }

    /** An open connection that nobody uses, or null. */
    @Nullable
    IOSession take(HttpHost host) {
        var taken = new IOSession[1];
        idle.computeIfPresent(host, (same, sessions) -> {
            do {
                taken[0] = sessions.poll();
            } while (taken[0] != null && !taken[0].isOpen());
            return sessions.isEmpty() ? null : sessions;
        });
        return taken[0];
    }

    /** Keeps the connection for the next call; the last one kept is the first one taken. */
    void keep(HttpHost host, IOSession session) {
        idle.compute(host, (same, sessions) -> {
            Deque<IOSession> kept = sessions == null ? new ArrayDeque<>(2) : sessions;
            kept.push(session);
            return kept;
        });
    }

    /** Opens one; the future ends the attempt when it is cancelled. */
    Future<IOSession> connect(HttpHost host, Duration timeout, FutureCallback<IOSession> callback) {
        return requester.requestSession(
                host, Timeout.of(timeout), new EndpointParameters(host, null), new CallbackContribution<>(callback) {
                    @Override
                    public void completed(IOSession session) {
                        session.setSocketTimeout(idleTime);
                        callback.completed(session);
                    }
                });
    }

    /** Forgets connections that participants have closed. */
    private void sweep() {
        idle.keySet()
                .forEach(host -> idle.computeIfPresent(host, (same, sessions) -> {
                    sessions.removeIf(session -> !session.isOpen());
                    return sessions.isEmpty() ? null : sessions;
                }));
        nextSweep = timers.schedule(SWEEP, this::sweep);
    }

    /** Says goodbye on idle connections and breaks off what is under way. */
    @Override
    public void close() {
        nextSweep.cancel();
        threads.shutdownNow();
        requester.initiateShutdown();
        try {
            requester.awaitShutdown(CLOSING_TIME);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        requester.close(CloseMode.IMMEDIATE);
    }
}
