package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to a server, kept open. Confined to one thread. */
final class Connection implements AutoCloseable {
    /** For an answer. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Socket socket;
    private final OutputStream out;
    private final MessageReader in;
    private final String host;

    Connection(int port) throws IOException {
        this(port, PATIENCE);
    }

    /** @param patience for an answer */
    Connection(int port, Duration patience) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        out = socket.getOutputStream();
        in = new MessageReader(socket.getInputStream());
        host = "\r\nHost: 127.0.0.1:" + port + "\r\n";
    }

    /** @param headers lines that each end with CR LF */
    Message send(String method, String path, String headers) throws IOException {
        String request = method + ' ' + path + " HTTP/1.1" + host + headers
                + (method.equals("GET") ? "\r\n" : "Content-Length: 0\r\n\r\n");
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        return in.read().orElseThrow(() -> new EOFException("The server has closed the connection"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
