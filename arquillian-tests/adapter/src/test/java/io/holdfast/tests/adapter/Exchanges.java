package io.holdfast.tests.adapter;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the small HTTP servers of the tests share. */
final class Exchanges {
    private static final int EMPTY = -1;

    private Exchanges() {}

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? EMPTY : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The last part of the path. */
    static String verb(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
