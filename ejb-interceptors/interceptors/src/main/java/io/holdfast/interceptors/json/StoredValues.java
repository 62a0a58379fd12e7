package io.holdfast.interceptors.json;

import io.holdfast.interceptors.InterceptorMessage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.config.BinaryDataStrategy;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of known types as a text that is kept, like {@code {"v":1,"values":[{"id":7},"EUR"]}}, and back. What is known is the
 * declared type; the text names no class, so nothing but that type is ever made from it. A value of a subclass is
 * refused; inside of another value it comes back as the declared class. Thread-safe.
 */
public final class StoredValues {
    private static final int VERSION = 1;

    private StoredValues() {}

    /** Made when first used, when the thread's class loader is the application's, and once, since that looks through all its archives. */
    private static final class Binding {
        static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

        static final Jsonb JSON = JsonbBuilder.create(
                new JsonbConfig().withNullValues(true).withBinaryDataStrategy(BinaryDataStrategy.BASE_64));
    }

    /**
     * Why values of that type cannot be kept, like {@code items[].source is a java.io.InputStream, which ...}; empty when they can.
     * To be asked when the application is deployed. Checks the whole type, so that nothing of a value is lost silently.
     */
    public static Optional<String> obstacle(Type type) {
        return new TypeCheck().obstacle(type);
    }

    /**
     * @param types as many as values; a method's generic parameter types
     * @throws StoredValueException when one cannot be written, such as a {@code double} that is not a number
     */
    public static String write(Type[] types, @Nullable Object[] values) {
        return write(types, values, Map.of());
    }

    /**
     * With more beside the values, which {@link #notes} gives back.
     *
     * @param notes by names other than {@code v} and {@code values}
     */
    public static String write(Type[] types, @Nullable Object[] values, Map<String, String> notes) {
        if (types.length != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + types.length + " types");
        }
        StringJoiner written = new StringJoiner(",", "{\"v\":" + VERSION + ",\"values\":[", "]" + written(notes) + "}");
        for (int index = 0; index < types.length; index++) {
            written.add(write(types[index], values[index]));
        }
        return written.toString();
    }

    private static String written(Map<String, String> notes) {
        StringBuilder written = new StringBuilder();
        new TreeMap<>(notes)
                .forEach((name, note) ->
                        written.append(',').append(quoted(name)).append(':').append(quoted(note)));
        return written.toString();
    }

    private static String quoted(String text) {
        return Binding.JSON.toJson(text, String.class);
    }

    /** What was written beside the values, by name. */
    public static Map<String, String> notes(String text) {
        Map<String, String> notes = new HashMap<>();
        stored(text).forEach((name, value) -> {
            if (value instanceof JsonString note) {
                notes.put(name, note.getString());
            }
        });
        return notes;
    }

    /**
     * The values, null where one was null.
     *
     * @throws StoredValueException when the text is of a newer version, has another number of values, or does not fit the types
     */
    public static List<@Nullable Object> read(String text, Type[] types) {
        JsonArray values = values(text);
        if (values.size() != types.length) {
            throw unreadable(text, values.size() + " values for " + types.length + " types", null);
        }
        List<@Nullable Object> read = new ArrayList<>();
        for (int index = 0; index < types.length; index++) {
            read.add(read(text, values.get(index), types[index]));
        }
        return read;
    }

    /**
     * The values as they are kept, for those who do not know their types.
     *
     * @throws StoredValueException when the text is of a newer version, or none of ours
     */
    public static List<JsonValue> json(String text) {
        return values(text);
    }

    private static String write(Type type, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if ((value instanceof Double number && !Double.isFinite(number))
                || (value instanceof Float other && !Float.isFinite(other))) {
            throw unwritable(type, value + " has no JSON form", null);
        }
        if (type instanceof Class<?> declared
                && !declared.isPrimitive()
                && !declared.isEnum()
                && value.getClass() != declared) {
            throw unwritable(
                    type,
                    "it is a " + value.getClass().getName() + ", and would come back without what that one adds",
                    null);
        }
        try {
            return Binding.JSON.toJson(value, type);
        } catch (JsonbException | JsonException | NumberFormatException e) {
            throw unwritable(type, e.toString(), e);
        }
    }

    private static @Nullable Object read(String text, JsonValue value, Type type) {
        if (value == JsonValue.NULL) {
            return null;
        }
        try {
            return Binding.JSON.fromJson(value.toString(), type);
        } catch (JsonbException | JsonException | IllegalArgumentException e) {
            throw unreadable(text, e.toString(), e);
        }
    }

    private static JsonArray values(String text) {
        return stored(text).getJsonArray("values");
    }

    private static JsonObject stored(String text) {
        try (JsonReader reader = Binding.READERS.createReader(new StringReader(text))) {
            JsonObject stored = reader.readObject();
            int version = stored.getInt("v", 0);
            if (version != VERSION || stored.getJsonArray("values") == null) {
                throw unreadable(text, "its version is " + version + ", known is " + VERSION, null);
            }
            return stored;
        } catch (JsonException | ClassCastException | IllegalStateException e) {
            throw unreadable(text, e.toString(), e);
        }
    }

    private static StoredValueException unwritable(Type type, String reason, @Nullable Throwable cause) {
        return new StoredValueException(InterceptorMessage.UNWRITABLE_VALUE.with(type.getTypeName(), reason), cause);
    }

    private static StoredValueException unreadable(String text, String reason, @Nullable Throwable cause) {
        String shown = text.length() <= 200 ? text : text.substring(0, 200) + "...";
        return new StoredValueException(InterceptorMessage.UNREADABLE_VALUE.with(shown, reason), cause);
    }
}
