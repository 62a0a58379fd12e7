package io.holdfast.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the HTTP/1.1 messages of one connection, at little cost. Confined to one thread. */
final class MessageReader {
    private static final int BUFFER = 16_384;
    private static final int NO_CONTENT = 204;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    MessageReader(InputStream in) {
        this.in = in;
    }

    /** @param startLine the request line or the status line */
    record Message(String startLine, List<String> headers, String body) {
        int status() {
            return Integer.parseInt(startLine.substring(9, 12));
        }

        String path() {
            int start = startLine.indexOf(' ') + 1;
            return startLine.substring(start, startLine.indexOf(' ', start));
        }

        Optional<String> header(String name) {
            return find(headers, name);
        }

        String required(String name) {
            return header(name).orElseThrow(() -> new IllegalStateException(startLine + " has no " + name));
        }
    }

    /** Empty at the end of the stream. */
    Optional<Message> read() throws IOException {
        if (position == limit && !fill()) {
            return Optional.empty();
        }
        String startLine = line();
        List<String> headers = new ArrayList<>(12);
        for (String header = line(); !header.isEmpty(); header = line()) {
            headers.add(header);
        }
        return Optional.of(new Message(startLine, headers, body(startLine, headers)));
    }

    private String body(String startLine, List<String> headers) throws IOException {
        Optional<String> length = find(headers, "Content-Length");
        if (length.isPresent()) {
            return bytes(Integer.parseInt(length.get()));
        }
        boolean chunked = find(headers, "Transfer-Encoding").isPresent();
        if (chunked) {
            return chunks();
        }
        if (startLine.startsWith("HTTP/") && !startLine.startsWith(String.valueOf(NO_CONTENT), 9)) {
            throw new IOException("Neither a length nor chunks: " + startLine);
        }
        return "";
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            body.append(bytes(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
        line();
        return body.toString();
    }

    private static Optional<String> find(List<String> headers, String name) {
        for (String header : headers) {
            int end = name.length();
            if (header.length() > end && header.charAt(end) == ':' && header.regionMatches(true, 0, name, 0, end)) {
                return Optional.of(header.substring(end + 1).strip());
            }
        }
        return Optional.empty();
    }

    private String line() throws IOException {
        int scanned = position;
        while (true) {
            for (int at = scanned; at < limit; at++) {
                if (buffer[at] == '\n') {
                    String line = text(position, at - 1);
                    position = at + 1;
                    return line;
                }
            }
            int unread = limit - position;
            more();
            scanned = position + unread;
        }
    }

    private String bytes(int count) throws IOException {
        while (limit - position < count) {
            more();
        }
        String text = text(position, position + count);
        position += count;
        return text;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private void more() throws IOException {
        if (!fill()) {
            throw new EOFException("The connection ended within a message");
        }
    }

    /** Reads on behind what is still unread, which moves to the front. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * limit);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }
}
