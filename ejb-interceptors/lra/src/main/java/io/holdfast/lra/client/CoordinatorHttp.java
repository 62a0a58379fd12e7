package io.holdfast.lra.client;

import io.holdfast.lra.client.CoordinatorConnection.StaleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http.protocol.RequestUserAgent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to coordinators over kept-alive HTTP/1.1 connections and waits for the answers. Follows no redirects; over TLS the
 * certificate must be the host's. There are as many connections as threads that wait at one time. Thread-safe.
 */
final class CoordinatorHttp implements AutoCloseable {
    static final int MAX_BODY_BYTES = 65_536;
    /** A participant's data come back in a header and may have 65,536 characters. */
    static final int MAX_HEADER_LINE = 73_728;

    private static final int MAX_HEADERS = 100;

    private final HttpRequester requester;
    private final Timeout connectTimeout;
    private volatile boolean isClosed;

    /** @param tls null for the JVM's */
    CoordinatorHttp(CoordinatorSettings settings, @Nullable SSLContext tls) {
        this.connectTimeout = Timeout.of(settings.connectTimeout());
        this.requester = RequesterBootstrap.bootstrap()
                .setHttpProcessor(newHttpProcessor())
                .setSslContext(tls)
                // Counts until the connection is made; CoordinatorConnection limits what follows.
                .setSocketConfig(
                        SocketConfig.custom().setSoTimeout(connectTimeout).build())
                .setConnectionFactory(new Connections(settings))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultMaxPerRoute(Integer.MAX_VALUE)
                .create();
    }

    /** The library's own would first ask whether a body may be sent. */
    private static HttpProcessor newHttpProcessor() {
        return HttpProcessorBuilder.create()
                .addAll(
                        RequestTargetHost.INSTANCE,
                        RequestContent.INSTANCE,
                        RequestConnControl.INSTANCE,
                        new RequestUserAgent("Holdfast"))
                .build();
    }

    private static final class Connections implements HttpConnectionFactory<CoordinatorConnection> {
        private final Http1Config config = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        private final CoordinatorSettings settings;

        Connections(CoordinatorSettings settings) {
            this.settings = settings;
        }

        @Override
        public CoordinatorConnection createConnection(Socket socket) throws IOException {
            var connection = new CoordinatorConnection(config, settings.responseTimeout());
            connection.bind(socket);
            return connection;
        }

        @Override
        public CoordinatorConnection createConnection(SSLSocket tls, Socket socket) throws IOException {
            var connection = new CoordinatorConnection(config, settings.responseTimeout());
            connection.bind(tls, socket);
            return connection;
        }
    }

    /**
     * Sends a request and waits for its answer. One whose kept connection had been closed meanwhile goes out once more, on a new one,
     * unless it may have arrived and must not be done twice.
     *
     * @throws CoordinatorUnreachableException if there was no connection or no answer in time, or this is closed
     * @throws MalformedAnswerException if the answer is not HTTP or exceeds a bound
     */
    Answer send(CoordinatorAddress coordinator, Call call)
            throws CoordinatorUnreachableException, MalformedAnswerException {
        try {
            return attempt(coordinator, call);
        } catch (StaleException stale) {
            requester.closeIdle(TimeValue.ZERO_MILLISECONDS);
            if (stale.isSent() && !call.isIdempotent()) {
                throw CoordinatorUnreachableException.noAnswer(coordinator, call.toString(), stale);
            }
        }
        try {
            return attempt(coordinator, call);
        } catch (StaleException again) {
            throw CoordinatorUnreachableException.noAnswer(coordinator, call.toString(), again);
        }
    }

    private Answer attempt(CoordinatorAddress coordinator, Call call)
            throws CoordinatorUnreachableException, MalformedAnswerException, StaleException {
        HttpCoreContext context = HttpCoreContext.create();
        try {
            return exchange(coordinator, call, context);
        } catch (HttpException | MessageConstraintException | MalformedChunkCodingException notHttp) {
            throw new MalformedAnswerException(coordinator, call.toString(), bounded(notHttp), notHttp);
        } catch (StaleException stale) {
            throw stale;
        } catch (IllegalStateException noPool) {
            if (!isClosed) {
                throw noPool;
            }
            throw CoordinatorUnreachableException.notConnected(List.of(coordinator), call.toString(), noPool);
        } catch (IOException failure) {
            boolean connected = context.getEndpointDetails() != null;
            throw connected
                    ? CoordinatorUnreachableException.noAnswer(coordinator, call.toString(), failure)
                    : CoordinatorUnreachableException.notConnected(List.of(coordinator), call.toString(), failure);
        }
    }

    private static String bounded(Exception notHttp) {
        return notHttp instanceof MessageConstraintException
                ? "more than " + MAX_HEADERS + " headers or one of more than " + MAX_HEADER_LINE + " characters"
                : Shown.head(notHttp.toString());
    }

    private Answer exchange(CoordinatorAddress coordinator, Call call, HttpCoreContext context)
            throws HttpException, IOException, MalformedAnswerException {
        var host = new HttpHost(coordinator.scheme(), coordinator.host(), coordinator.port());
        var request = new BasicClassicHttpRequest(call.method(), host, coordinator.path() + call.target());
        call.headers().forEach(request::setHeader);
        if (call.body() != null) {
            request.setEntity(new StringEntity(call.body(), ContentType.TEXT_PLAIN));
        }
        try (ClassicHttpResponse response = requester.execute(host, request, connectTimeout, context)) {
            return new Answer(response.getCode(), headersOf(response), bodyOf(response, coordinator, call));
        }
    }

    private static Map<String, String> headersOf(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    private static String bodyOf(ClassicHttpResponse response, CoordinatorAddress coordinator, Call call)
            throws IOException, MalformedAnswerException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return "";
        }
        InputStream content = entity.getContent();
        byte[] bytes = content.readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            if (content instanceof EofSensorInputStream pooled) {
                pooled.abort();
            }
            throw new MalformedAnswerException(
                    coordinator, call.toString(), "a body of more than " + MAX_BODY_BYTES + " bytes", null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Closes the connections; requests under way fail. */
    @Override
    public void close() {
        isClosed = true;
        requester.close(CloseMode.IMMEDIATE);
    }
}
