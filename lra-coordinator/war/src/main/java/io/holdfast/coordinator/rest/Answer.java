package io.holdfast.coordinator.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Writes one answer, in the request's thread or later. */
final class Answer {
    private static final System.Logger LOG = System.getLogger("io.holdfast.coordinator");

    private final HttpServletResponse response;
    private final Reply.Header always;

    /** @param always a line of the head that every answer has */
    Answer(HttpServletResponse response, Reply.Header always) {
        this.response = response;
        this.always = always;
    }

    void write(Reply reply) {
        writeHead(reply);
        if (reply.type() != null) {
            try {
                response.getOutputStream().write(bytes(reply));
            } catch (IOException gone) {
                clientHasGone(gone);
            }
        }
    }

    /** Which is no fault; a server would warn of it, so that anybody could fill its log. */
    private static void clientHasGone(Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, "The client has gone before its answer", failure);
    }

    private void writeHead(Reply reply) {
        response.setStatus(reply.status());
        response.setHeader(always.name(), always.value());
        reply.headers().forEach(header -> response.setHeader(header.name(), header.value()));
        if (reply.type() != null) {
            response.setContentType(reply.type());
        }
    }

    private static byte[] bytes(Reply reply) {
        return reply.body().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Gives the request's thread back, and writes the answer when it is there. The server does that when the client can take it, in a
     * thread that never waits; so a client that is slow to read holds up nobody.
     */
    void writeLater(HttpServletRequest request, CompletableFuture<Reply> reply) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        var unused = reply.thenAccept(done -> {
            try {
                ServletOutputStream out = response.getOutputStream();
                out.setWriteListener(new Writing(async, out, done));
            } catch (IOException | RuntimeException gone) {
                clientHasGone(gone);
                async.complete();
            }
        });
    }

    /** What the server calls when it can write. */
    private final class Writing implements WriteListener {
        private final AsyncContext async;
        private final ServletOutputStream out;
        private final Reply reply;
        private boolean written;

        Writing(AsyncContext async, ServletOutputStream out, Reply reply) {
            this.async = async;
            this.out = out;
            this.reply = reply;
        }

        @Override
        public void onWritePossible() throws IOException {
            if (!written) {
                written = true;
                writeHead(reply);
                if (reply.type() != null && out.isReady()) {
                    out.write(bytes(reply));
                }
            }
            if (out.isReady()) {
                async.complete();
            }
        }

        /** Also of what {@link #onWritePossible} throws. */
        @Override
        public void onError(Throwable broken) {
            clientHasGone(broken);
            async.complete();
        }
    }
}
