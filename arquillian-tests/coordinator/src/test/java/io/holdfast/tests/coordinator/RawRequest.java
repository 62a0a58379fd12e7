package io.holdfast.tests.coordinator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as it goes over the wire, right or wrong: nothing is checked, encoded or completed. Confined to one thread. */
final class RawRequest {
    private static final int SHOWN_CHARACTERS = 600;

    /** How the body's length is told; the wrong ones break off before what they announced. */
    enum Framing {
        LENGTH,
        CHUNKED,
        LENGTH_TOO_LARGE,
        CHUNK_TOO_SHORT,
        CHUNK_SIZE_NOT_A_NUMBER
    }

    private final List<String> headers = new ArrayList<>();
    private String method;
    private String target;
    private String version = "HTTP/1.1";
    private byte[] body = {};
    private Framing framing = Framing.LENGTH;

    RawRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    String method() {
        return method;
    }

    RawRequest method(String newMethod) {
        method = newMethod;
        return this;
    }

    RawRequest target(String newTarget) {
        target = newTarget;
        return this;
    }

    String target() {
        return target;
    }

    RawRequest version(String newVersion) {
        version = newVersion;
        return this;
    }

    RawRequest header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Anything that stands where a header should. */
    RawRequest line(String line) {
        headers.add(line);
        return this;
    }

    boolean hasHeader(String name) {
        return headers.stream().anyMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    RawRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest body(byte[] bytes) {
        body = bytes;
        return this;
    }

    boolean hasBody() {
        return body.length > 0;
    }

    RawRequest framing(Framing newFraming) {
        framing = newFraming;
        return this;
    }

    /** Whether the sender has to hang up so that the server sees that no more comes. */
    boolean endsAtOnce() {
        return framing == Framing.LENGTH_TOO_LARGE || framing == Framing.CHUNK_TOO_SHORT;
    }

    byte[] bytes(String defaultHost) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " " + version + "\r\n");
        if (!hasHeader("Host")) {
            head.append("Host: ").append(defaultHost).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        switch (framing) {
            case LENGTH -> {
                if (hasBody()) {
                    head.append("Content-Length: ").append(body.length).append("\r\n");
                }
            }
            case LENGTH_TOO_LARGE ->
                head.append("Content-Length: ").append(body.length + 7).append("\r\n");
            case CHUNKED, CHUNK_TOO_SHORT, CHUNK_SIZE_NOT_A_NUMBER -> head.append("Transfer-Encoding: chunked\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        switch (framing) {
            case LENGTH, LENGTH_TOO_LARGE -> out.writeBytes(body);
            case CHUNKED -> chunk(out, Integer.toHexString(body.length), "\r\n0\r\n\r\n");
            case CHUNK_TOO_SHORT -> chunk(out, Integer.toHexString(body.length + 7), "");
            case CHUNK_SIZE_NOT_A_NUMBER -> chunk(out, "zz", "\r\n0\r\n\r\n");
        }
        return out.toByteArray();
    }

    private void chunk(ByteArrayOutputStream out, String size, String end) {
        out.writeBytes((size + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        String all = method + " " + target + " " + version + " | " + String.join(" | ", headers) + " | " + framing
                + ", body of " + body.length + " bytes: "
                + new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
        String shown = all.length() <= SHOWN_CHARACTERS
                ? all
                : all.substring(0, SHOWN_CHARACTERS) + "... (" + all.length() + ")";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
