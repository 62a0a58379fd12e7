package io.holdfast.engine.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects bytes in the log's binary form: big-endian numbers, UTF-8 texts with their length in front. Confined. */
final class Output {
    private static final int INITIAL_CAPACITY = 512;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** The bytes themselves, from 0 to {@link #size()}. */
    byte[] array() {
        return bytes;
    }

    Output putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    Output putBoolean(boolean value) {
        return putByte(value ? 1 : 0);
    }

    Output putInt(int value) {
        ensure(Integer.BYTES);
        setInt(size, value);
        size += Integer.BYTES;
        return this;
    }

    void setInt(int position, int value) {
        ByteBuffer.wrap(bytes).putInt(position, value);
    }

    Output putLong(long value) {
        ensure(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += Long.BYTES;
        return this;
    }

    Output putText(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        putInt(encoded.length);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    Output putOptionalText(@Nullable String value) {
        putBoolean(value != null);
        return value == null ? this : putText(value);
    }

    Output putInstant(Instant value) {
        return putLong(value.getEpochSecond()).putInt(value.getNano());
    }

    Output putOptionalInstant(@Nullable Instant value) {
        putBoolean(value != null);
        return value == null ? this : putInstant(value);
    }

    Output putBytes(byte[] value, int length) {
        ensure(length);
        System.arraycopy(value, 0, bytes, size, length);
        size += length;
        return this;
    }

    private void ensure(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }
}
