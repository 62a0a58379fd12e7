package io.holdfast.lra.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection whose answers must be there as a whole within a time, however slowly they trickle in, and that tells when it had been
 * closed by the other side before it was used again. Used by one thread at a time.
 */
final class CoordinatorConnection extends DefaultBHttpClientConnection {
    /** The connection was kept open from an earlier request and has turned out to be closed. */
    static final class StaleException extends IOException {
        private final boolean sent;

        private StaleException(boolean sent, Throwable cause) {
            super("The kept connection was closed by the other side", cause);
            this.sent = sent;
        }

        /** Whether something of the request may have arrived. */
        boolean isSent() {
            return sent;
        }
    }

    /** A look at the socket takes up to a millisecond, so that connections in constant use are spared it. */
    private static final long TRUSTED_NANOS = Duration.ofMillis(200).toNanos();

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Duration responseTimeout;
    private long deadline;
    private long lastRead;
    private int requests;
    private boolean looking;

    CoordinatorConnection(Http1Config config, Duration responseTimeout) {
        // Only a parser that is made with the bounds knows how many headers there may be.
        super(config, null, null, null, null, null, new DefaultHttpResponseParserFactory(config));
        this.responseTimeout = responseTimeout;
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new TimedSocket(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bind(new TimedSocket(tls, socket));
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        if (requests > 0 && System.nanoTime() - lastRead > TRUSTED_NANOS && isStale()) {
            throw new StaleException(false, new NoHttpResponseException("closed while idle"));
        }
        requests++;
        deadline = System.nanoTime() + responseTimeout.toNanos();
        super.sendRequestHeader(request);
    }

    @Override
    public boolean isStale() throws IOException {
        looking = true;
        try {
            return super.isStale();
        } finally {
            looking = false;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            super.flush();
        } catch (SocketException broken) {
            throw broken(broken);
        }
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        try {
            return super.receiveResponseHeader();
        } catch (NoHttpResponseException | SocketException broken) {
            throw broken(broken);
        }
    }

    private IOException broken(IOException failure) {
        return requests > 1 ? new StaleException(true, failure) : failure;
    }

    private final class TimedSocket extends SocketHolder {
        TimedSocket(Socket socket) {
            super(socket);
        }

        TimedSocket(SSLSocket tls, Socket socket) {
            super(tls, socket);
        }

        @Override
        protected InputStream getInputStream(Socket socket) throws IOException {
            return new TimedStream(socket);
        }
    }

    private final class TimedStream extends InputStream {
        private final Socket socket;
        private final InputStream bytes;

        TimedStream(Socket socket) throws IOException {
            this.socket = socket;
            this.bytes = socket.getInputStream();
        }

        @Override
        public int read() throws IOException {
            limit();
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            limit();
            int count = bytes.read(into, offset, length);
            lastRead = System.nanoTime();
            return count;
        }

        private void limit() throws IOException {
            long left = looking ? 1 : (deadline - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0) {
                throw new SocketTimeoutException("not answered within " + responseTimeout.toMillis() + " ms");
            }
            socket.setSoTimeout((int) left);
        }
    }
}
