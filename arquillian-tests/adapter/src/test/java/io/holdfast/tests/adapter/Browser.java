package io.holdfast.tests.adapter;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A headless Chromium with one page, told what to do by its debugging protocol: it waits for what scripts show, clicks, and logs in where
 * a server asks for a name. Confined to one thread.
 */
final class Browser implements AutoCloseable {
    /** What the tests look for, as Debian installs it. */
    static final Path BINARY = Path.of("/usr/bin/chromium");

    private static final int ENTER = 13;
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration SHOWN = Duration.ofMinutes(2);

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Page page;

    static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** @param directory for its profile */
    Browser(Path directory, String user, String password) throws IOException, InterruptedException {
        profile = Files.createTempDirectory(Files.createDirectories(directory), "browser");
        process = new ProcessBuilder(
                        BINARY.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--window-size=1400,1000",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await("the browser")
                .atMost(START)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        URI pages = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/new?about:blank");
        String opened = http.send(
                        HttpRequest.newBuilder(pages)
                                .PUT(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
        page = new Page(user, password);
        page.open(http, URI.create(json(opened).getString("webSocketDebuggerUrl")));
        JsonObjectBuilder everything = Json.createObjectBuilder()
                .add("handleAuthRequests", true)
                .add(
                        "patterns",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("urlPattern", "*")));
        page.call("Fetch.enable", everything);
        page.call("Page.enable", Json.createObjectBuilder());
    }

    void open(URI address) {
        page.call("Page.navigate", Json.createObjectBuilder().add("url", address.toString()));
    }

    /**
     * Waits until the expression of JavaScript is true. A page that is being left may answer with an error. When it never is, the page
     * stands in a file that the error names.
     */
    void awaitTrue(String expression) {
        try {
            await(expression)
                    .atMost(SHOWN)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(IllegalStateException.class)
                    .until(() -> evaluate("String(Boolean(" + expression + "))").equals("true"));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("Never " + expression + " in " + keepPage(), never);
        }
    }

    private Path keepPage() {
        try {
            return Files.writeString(profile.resolve("page.html"), evaluate("document.documentElement.outerHTML"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the expression of JavaScript is, as text; a promise is waited for. */
    String evaluate(String expression) {
        JsonObjectBuilder what = Json.createObjectBuilder()
                .add("expression", expression)
                .add("awaitPromise", true)
                .add("returnByValue", true);
        JsonObject result = page.call("Runtime.evaluate", what);
        if (result.containsKey("exceptionDetails")) {
            return result.get("exceptionDetails").toString();
        }
        return result.getJsonObject("result").getString("value", "");
    }

    /** Clicks at the first that is seen of those that the selector finds and that have this text or value. */
    void click(String selector, String text) {
        String found = "Array.from(document.querySelectorAll('" + selector + "'))"
                + ".find(found => found.getClientRects().length > 0 && (found.value || found.innerText).trim() === '"
                + text + "')";
        awaitTrue(found);
        evaluate(found + ".click()");
    }

    /** Types over what is in a field, and presses Enter when told to. */
    void type(String field, String text, boolean enter) {
        awaitTrue(field);
        evaluate(field + ".focus(); " + field + ".select()");
        page.call("Input.insertText", Json.createObjectBuilder().add("text", text));
        if (enter) {
            for (String event : List.of("keyDown", "keyUp")) {
                page.call(
                        "Input.dispatchKeyEvent",
                        Json.createObjectBuilder()
                                .add("type", event)
                                .add("key", "Enter")
                                .add("code", "Enter")
                                .add("text", "\r")
                                .add("windowsVirtualKeyCode", ENTER));
            }
        }
    }

    /** As it is painted after all that it holds now. */
    void photograph(Path png) throws IOException {
        evaluate("new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(() => painted('now'))))");
        JsonObject picture =
                page.call("Page.captureScreenshot", Json.createObjectBuilder().add("format", "png"));
        Files.createDirectories(png.getParent());
        Files.write(png, Base64.getDecoder().decode(picture.getString("data")));
    }

    @Override
    public void close() {
        page.close();
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The connection to one page. */
    private static final class Page implements WebSocket.Listener {
        private final String user;
        private final String password;
        private final AtomicInteger numbers = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
        private final StringBuilder part = new StringBuilder();
        /** One message is sent after the other. */
        private final ExecutorService sending = Executors.newSingleThreadExecutor();

        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

        Page(String user, String password) {
            this.user = user;
            this.password = password;
        }

        void open(HttpClient http, URI address) {
            socket.complete(http.newWebSocketBuilder().buildAsync(address, this).join());
        }

        JsonObject call(String method, JsonObjectBuilder parameters) {
            CompletableFuture<JsonObject> answer = new CompletableFuture<>();
            int number = numbers.incrementAndGet();
            calls.put(number, answer);
            send(number, method, parameters);
            try {
                JsonObject message = answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
                if (message.containsKey("error")) {
                    throw new IllegalStateException(method + ": " + message.get("error"));
                }
                return message.getJsonObject("result");
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(method, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(method, e);
            }
        }

        private void send(int number, String method, JsonObjectBuilder parameters) {
            String message = Json.createObjectBuilder()
                    .add("id", number)
                    .add("method", method)
                    .add("params", parameters)
                    .build()
                    .toString();
            sending.execute(() -> socket.join().sendText(message, true).join());
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                JsonObject message = json(part.toString());
                part.setLength(0);
                take(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(JsonObject message) {
            CompletableFuture<JsonObject> call = calls.remove(message.getInt("id", 0));
            if (call != null) {
                call.complete(message);
                return;
            }
            JsonObject event = message.getJsonObject("params");
            switch (message.getString("method", "")) {
                case "Fetch.requestPaused" ->
                    send(
                            numbers.incrementAndGet(),
                            "Fetch.continueRequest",
                            Json.createObjectBuilder().add("requestId", event.getString("requestId")));
                case "Fetch.authRequired" ->
                    send(
                            numbers.incrementAndGet(),
                            "Fetch.continueWithAuth",
                            Json.createObjectBuilder()
                                    .add("requestId", event.getString("requestId"))
                                    .add(
                                            "authChallengeResponse",
                                            Json.createObjectBuilder()
                                                    .add("response", "ProvideCredentials")
                                                    .add("username", user)
                                                    .add("password", password)));
                default -> {
                    // Other events need no answer.
                }
            }
        }

        void close() {
            socket.join().abort();
            sending.shutdownNow();
        }
    }
}
