package io.holdfast.coordinator.participant;

import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.ssl.BasicClientTlsStrategy;
import org.apache.hc.core5.http.nio.support.BasicClientExchangeHandler;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to participants, without blocking. Follows no redirects. A request whose connection breaks before the answer is repeated
 * once at once, since a kept-alive connection may have been closed by the participant's server just then and callbacks may come twice
 * (MicroProfile LRA 2.0, "participant callbacks"). Nothing is sent after the time-out. Thread-safe.
 */
public final class Callbacks implements AutoCloseable {
    /**
     * What a participant answered.
     *
     * @param body its first characters, stripped
     */
    public record Reply(int status, String body, Optional<String> location) {}

    private final Connections connections;
    private final Timers timers;
    private final Duration timeout;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param timeout for the whole exchange, from connecting to the last byte of the answer */
    public Callbacks(Timers timers, Duration timeout) {
        this(timers, timeout, new BasicClientTlsStrategy());
    }

    Callbacks(Timers timers, Duration timeout, SSLContext trusted) {
        this(timers, timeout, new BasicClientTlsStrategy(trusted));
    }

    private Callbacks(Timers timers, Duration timeout, BasicClientTlsStrategy tls) {
        // Twice the time-out, so that an exchange is given up before its connection is found silent.
        this(timers, timeout, new Connections(timers, timeout.multipliedBy(2), tls));
    }

    Callbacks(Timers timers, Duration timeout, Connections connections) {
        this.timers = timers;
        this.timeout = timeout;
        this.connections = connections;
    }

    /** Completes within the time-out, exceptionally when no answer came. */
    public CompletableFuture<Reply> send(String method, URI target, Map<String, String> headers, String body) {
        Exchange exchange;
        try {
            exchange = new Exchange(method, target, headers, body);
        } catch (IllegalArgumentException cannotBeSent) {
            return CompletableFuture.failedFuture(cannotBeSent);
        }
        Cancellable limit = timers.schedule(timeout, exchange::giveUp);
        underWay.add(exchange);
        CompletableFuture<Reply> end = exchange.end.whenComplete((reply, failure) -> {
            limit.cancel();
            underWay.remove(exchange);
        });
        exchange.start();
        return end;
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        closed = true;
        connections.close();
        underWay.forEach(exchange -> exchange.fail(new ConnectionClosedException()));
    }

    /** One request and, where its connection breaks, its repetition. */
    private final class Exchange {
        private final CompletableFuture<Reply> end = new CompletableFuture<>();
        /** Set by whoever ends it. */
        private final AtomicBoolean over = new AtomicBoolean();

        private final String method;
        private final URI target;
        private final Map<String, String> headers;
        private final String body;
        private final HttpHost host;
        private volatile @Nullable Future<IOSession> connecting;
        private volatile @Nullable IOSession session;
        private boolean repeated;

        Exchange(String method, URI target, Map<String, String> headers, String body) {
            if (target.getHost() == null) {
                throw new IllegalArgumentException(target + " names no host");
            }
            this.method = method;
            this.target = target;
            this.headers = headers;
            this.body = body;
            this.host = HttpHost.create(target);
        }

        void start() {
            if (closed) {
                fail(new ConnectionClosedException());
                return;
            }
            IOSession open = connections.take(host);
            if (open != null) {
                send(open);
                return;
            }
            try {
                connections.threads().execute(this::connect);
            } catch (RejectedExecutionException closed) {
                fail(closed);
            }
        }

        private void connect() {
            if (over.get()) {
                return;
            }
            try {
                connecting = connections.connect(host, timeout, new FutureCallback<>() {
                    @Override
                    public void completed(IOSession connected) {
                        send(connected);
                    }

                    @Override
                    public void failed(Exception failure) {
                        fail(failure);
                    }

                    @Override
                    public void cancelled() {
                        fail(new ConnectionClosedException());
                    }
                });
            } catch (RuntimeException notConnected) {
                fail(notConnected);
            }
        }

        private void send(IOSession open) {
            session = open;
            if (over.get()) {
                connections.keep(host, open);
                return;
            }
            var answer = new ReplyConsumer();
            var handler = new BasicClientExchangeHandler<>(request(), answer, new FutureCallback<Reply>() {
                @Override
                public void completed(Reply reply) {
                    answered(reply, answer.leavesConnectionOpen());
                }

                @Override
                public void failed(Exception failure) {
                    broken(failure);
                }

                @Override
                public void cancelled() {
                    broken(new ConnectionClosedException());
                }
            });
            open.enqueue(
                    new RequestExecutionCommand(handler, null, null, HttpCoreContext.create()),
                    Command.Priority.NORMAL);
            if (!open.isOpen()) {
                handler.failed(new ConnectionClosedException());
            }
        }

        private AsyncRequestProducer request() {
            var request = new BasicHttpRequest(method, target);
            headers.forEach(request::setHeader);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return new BasicRequestProducer(
                    request, bytes.length == 0 ? null : new BasicAsyncEntityProducer(bytes, ContentType.TEXT_PLAIN));
        }

        private void answered(Reply reply, boolean leavesConnectionOpen) {
            IOSession used = session;
            if (over.compareAndSet(false, true)) {
                if (leavesConnectionOpen && used != null) {
                    connections.keep(host, used);
                }
                end.complete(reply);
            }
        }

        private void broken(Exception failure) {
            boolean repeatable = failure instanceof ConnectionClosedException
                    || (failure instanceof SocketException && !(failure instanceof ConnectException));
            if (repeatable && !repeated && !over.get()) {
                repeated = true;
                start();
            } else {
                fail(failure);
            }
        }

        private void fail(Exception failure) {
            if (over.compareAndSet(false, true)) {
                end.completeExceptionally(failure);
            }
        }

        void giveUp() {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            Future<IOSession> pending = connecting;
            if (pending != null) {
                pending.cancel(true);
            }
            IOSession used = session;
            if (used != null) {
                used.close(CloseMode.IMMEDIATE);
            }
            end.completeExceptionally(
                    new TimeoutException(target + " did not answer within " + timeout.toMillis() + " ms"));
        }
    }
}
