package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.participant.Callbacks.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of an answer's body and breaks the connection off at the rest, so that no participant can fill the memory or send
 * for ever. Confined to the thread of its connection.
 */
final class ReplyConsumer implements AsyncResponseConsumer<Reply> {
    static final int MAX_BYTES = 1_024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private int status;
    private Optional<String> location = Optional.empty();
    private @Nullable FutureCallback<Reply> result;
    private boolean leavesConnectionOpen;

    /** Whether another request may follow on the connection when the answer is complete. */
    boolean leavesConnectionOpen() {
        return leavesConnectionOpen;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Reply> resultCallback) {
        status = response.getCode();
        location = Optional.ofNullable(response.getFirstHeader("Location")).map(Header::getValue);
        result = resultCallback;
        leavesConnectionOpen = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, response, context);
        if (entity == null) {
            complete();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx: the answer follows.
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        byte[] kept = new byte[Math.min(source.remaining(), MAX_BYTES - bytes.size())];
        source.get(kept);
        bytes.writeBytes(kept);
        if (source.hasRemaining()) {
            leavesConnectionOpen = false;
            complete();
            throw new IOException("An answer has more than " + MAX_BYTES + " bytes");
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        complete();
    }

    private void complete() {
        if (result != null) {
            result.completed(
                    new Reply(status, bytes.toString(StandardCharsets.UTF_8).strip(), location));
        }
    }

    @Override
    public void failed(Exception cause) {
        // The exchange is told by its own callback.
    }

    @Override
    public void releaseResources() {
        // Nothing but memory.
    }
}
