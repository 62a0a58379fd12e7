package io.holdfast.engine.log;

import io.holdfast.engine.state.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Output} wrote; throws {@link java.nio.BufferUnderflowException} when there is less. Confined. */
final class Input {
    private final ByteBuffer buffer;
    private final Texts texts;

    /** @param texts gives texts that many transactions have as one object */
    Input(ByteBuffer buffer, Texts texts) {
        this.buffer = buffer;
        this.texts = texts;
    }

    int getByte() {
        return buffer.get();
    }

    boolean getBoolean() {
        return buffer.get() != 0;
    }

    int getInt() {
        return buffer.getInt();
    }

    long getLong() {
        return buffer.getLong();
    }

    String getText() {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException(
                    "A text of " + length + " bytes where " + buffer.remaining() + " are left");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A text that other transactions are likely to have too. */
    String getSharedText() {
        return texts.shared(getText());
    }

    @Nullable
    String getOptionalText() {
        return getBoolean() ? getText() : null;
    }

    Instant getInstant() {
        return Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
    }

    @Nullable
    Instant getOptionalInstant() {
        return getBoolean() ? getInstant() : null;
    }
}
