package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to participants over kept-alive HTTP/1.1 connections, without blocking. Follows no redirects; over TLS the certificate
 * must be the host's. A request whose connection breaks before the answer is repeated once at once, since a kept-alive connection may
 * have been closed by the participant's server just then and callbacks may come twice (MicroProfile LRA 2.0, "participant callbacks").
 * Thread-safe.
 */
public final class Callbacks implements AutoCloseable {
    /**
     * What a participant answered.
     *
     * @param body its first characters, stripped
     */
    record Reply(int status, String body, Optional<String> location) {}

    private static final int MAX_HEADER_LINE = 16_384;
    private static final int MAX_HEADERS = 200;
    /** For all hosts that are connected to at one time; looking up a host's name blocks. */
    private static final int CONNECTING_THREADS = 32;

    private static final long IDLE_SECONDS = 10;
    private static final TimeValue CLOSING_TIME = TimeValue.ofMilliseconds(500);

    private final HttpAsyncRequester requester;
    private final ExecutorService connecting;
    private final Timers timers;
    private final Duration timeout;

    /** @param timeout for the whole exchange, from connecting to the last byte of the answer */
    public Callbacks(Timers timers, Duration timeout) {
        this(timers, timeout, new BasicClientTlsStrategy());
    }

    Callbacks(Timers timers, Duration timeout, SSLContext trusted) {
        this(timers, timeout, new BasicClientTlsStrategy(trusted));
    }

    private Callbacks(Timers timers, Duration timeout, BasicClientTlsStrategy tls) {
        this.timers = timers;
        this.timeout = timeout;
        this.connecting = newConnectingThreads();
        this.requester = AsyncRequesterBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .setHttpProcessor(HttpProcessors.client("Holdfast"))
                .setTlsStrategy(tls)
                // The engine bounds the calls to one endpoint.
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultMaxPerRoute(Integer.MAX_VALUE)
                .setExceptionCallback(failure -> CoordinatorMessage.CALLBACK_CONNECTION_FAILED.log(failure, failure))
                .create();
        requester.start();
    }

    private static ExecutorService newConnectingThreads() {
        var threads = new ThreadPoolExecutor(
                CONNECTING_THREADS,
                CONNECTING_THREADS,
                IDLE_SECONDS,
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

    /** Completes within the time-out, exceptionally when no answer came. */
    CompletableFuture<Reply> send(String method, URI target, Map<String, String> headers, String body) {
        CompletableFuture<Reply> end = new CompletableFuture<>();
        try {
            var exchange = new Exchange(method, target, headers, body, end);
            Cancellable limit = timers.schedule(timeout, exchange::giveUp);
            exchange.start();
            return end.whenComplete((reply, failure) -> limit.cancel());
        } catch (IllegalArgumentException cannotBeSent) {
            return CompletableFuture.failedFuture(cannotBeSent);
        }
    }

    /** Says goodbye on idle connections and breaks off what is under way. */
    @Override
    public void close() {
        connecting.shutdownNow();
        requester.initiateShutdown();
        try {
            requester.awaitShutdown(CLOSING_TIME);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        requester.close(CloseMode.IMMEDIATE);
    }

    /** One request and, where its connection breaks, its repetition. */
    private final class Exchange implements FutureCallback<Reply> {
        private final String method;
        private final URI target;
        private final Map<String, String> headers;
        private final String body;
        private final HttpHost host;
        private final CompletableFuture<Reply> end;
        private boolean repeated;

        Exchange(String method, URI target, Map<String, String> headers, String body, CompletableFuture<Reply> end) {
            this.method = method;
            this.target = target;
            this.headers = headers;
            this.body = body;
            this.host = hostOf(target);
            this.end = end;
        }

        private static HttpHost hostOf(URI target) {
            if (target.getHost() == null) {
                throw new IllegalArgumentException(target + " names no host");
            }
            return HttpHost.create(target);
        }

        void start() {
            try {
                if (requester.getStats(host).getAvailable() > 0) {
                    send();
                } else {
                    connecting.execute(this::send);
                }
            } catch (RejectedExecutionException closed) {
                end.completeExceptionally(closed);
            }
        }

        private void send() {
            try {
                // Twice the time-out, so that the exchange is given up first and its connection is closed afterwards.
                var unused = requester.execute(
                        host, request(), new ReplyConsumer(end), Timeout.of(timeout.multipliedBy(2)), this);
            } catch (RuntimeException notSent) {
                end.completeExceptionally(notSent);
            }
        }

        private AsyncRequestProducer request() {
            var request = new BasicHttpRequest(method, target);
            headers.forEach(request::setHeader);
            return new BasicRequestProducer(
                    request, body.isEmpty() ? null : new StringAsyncEntityProducer(body, ContentType.TEXT_PLAIN));
        }

        void giveUp() {
            end.completeExceptionally(
                    new TimeoutException(target + " did not answer within " + timeout.toMillis() + " ms"));
        }

        @Override
        public void completed(Reply reply) {
            end.complete(reply);
        }

        @Override
        public void failed(Exception failure) {
            if (isBrokenConnection(failure) && !repeated && !end.isDone()) {
                repeated = true;
                start();
            } else {
                end.completeExceptionally(failure);
            }
        }

        @Override
        public void cancelled() {
            end.cancel(false);
        }

        private static boolean isBrokenConnection(Exception failure) {
            return failure instanceof ConnectionClosedException
                    || (failure instanceof SocketException && !(failure instanceof ConnectException));
        }
    }
}
