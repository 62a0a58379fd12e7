package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.RunningCoordinator;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request to the operations as a server would hand it over; its user has been authenticated, or is nobody. */
final class FakeRequest {
    private static final String ROOT = "/lra-coordinator";
    private static final String SERVLET = "/operations";

    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>();
    private byte[] body = {};
    private String user = "";
    private Set<String> roles = Set.of();
    private boolean isLeftToApplication;

    FakeRequest(String method, String target) {
        this.method = method;
        this.path = target;
    }

    FakeRequest by(String name, String... itsRoles) {
        user = name;
        roles = Set.of(itsRoles);
        return this;
    }

    /** The server does not ask by itself who it is. */
    FakeRequest leftToApplication() {
        isLeftToApplication = true;
        return this;
    }

    FakeRequest with(String contentType, String text) {
        headers.put("Content-Type", contentType);
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    FakeRequest json(String text) {
        return with("application/json", text);
    }

    /** What came back. */
    record Answered(int status, Map<String, String> headers, String body) {
        JsonStructure json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.read();
            }
        }
    }

    Answered to(RunningCoordinator coordinator) {
        Response response = new Response();
        try {
            OperationsServlet.serve(request(response), response.asServletResponse(), coordinator);
            return response.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private HttpServletRequest request(Response response) {
        String[] parts = path.split("\\?", 2);
        Map<String, Method> answers = new HashMap<>();
        answers.put("getMethod", nothing -> method);
        answers.put("getContextPath", nothing -> ROOT);
        answers.put("getServletPath", nothing -> SERVLET);
        answers.put("getRequestURI", nothing -> ROOT + SERVLET + parts[0]);
        answers.put("getQueryString", nothing -> parts.length > 1 ? parts[1] : null);
        answers.put("getHeader", name -> headers.get((String) name[0]));
        answers.put(
                "getHeaders",
                name -> Collections.enumeration(
                        headers.containsKey((String) name[0]) ? List.of(headers.get((String) name[0])) : List.of()));
        answers.put("getContentType", nothing -> headers.get("Content-Type"));
        answers.put("getContentLengthLong", nothing -> (long) body.length);
        answers.put("getInputStream", nothing -> new Body(new ByteArrayInputStream(body)));
        answers.put("getUserPrincipal", nothing -> user.isEmpty() ? null : (Principal) () -> user);
        answers.put("isUserInRole", role -> roles.contains((String) role[0]));
        answers.put("authenticate", nothing -> {
            if (user.isEmpty() && isLeftToApplication) {
                throw new ServletException("not authenticated");
            } else if (user.isEmpty()) {
                response.challenge();
            }
            return !user.isEmpty();
        });
        answers.put("startAsync", nothing -> response.asAsyncContext());
        return fake(HttpServletRequest.class, answers);
    }

    /** What a method of a fake does. */
    @FunctionalInterface
    private interface Method {
        @Nullable
        Object call(Object[] arguments) throws ServletException;
    }

    private static <T> T fake(Class<T> type, Map<String, Method> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    Method answer = answers.get(called.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(called.toString());
                    }
                    return answer.call(arguments);
                }));
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** Collects what is written, at once or later. */
    private static final class Response {
        private final Map<String, String> headers = new HashMap<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch complete = new CountDownLatch(1);
        private volatile boolean async;
        private volatile int status;

        void challenge() {
            status = 401;
        }

        HttpServletResponse asServletResponse() {
            return fake(
                    HttpServletResponse.class,
                    Map.of(
                            "setStatus",
                            code -> {
                                status = (int) code[0];
                                return null;
                            },
                            "setHeader",
                            header -> headers.put((String) header[0], (String) header[1]),
                            "setContentType",
                            type -> headers.put("Content-Type", (String) type[0]),
                            "getOutputStream",
                            nothing -> new Out()));
        }

        AsyncContext asAsyncContext() {
            async = true;
            return fake(AsyncContext.class, Map.of("setTimeout", ignored -> null, "complete", nothing -> {
                complete.countDown();
                return null;
            }));
        }

        Answered await() throws InterruptedException {
            if (async && !complete.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no answer within 10 s");
            }
            return new Answered(status, Map.copyOf(headers), written.toString(StandardCharsets.UTF_8));
        }

        private final class Out extends ServletOutputStream {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                try {
                    listener.onWritePossible();
                } catch (IOException broken) {
                    listener.onError(broken);
                }
            }
        }
    }
}
