package io.holdfast.coordinator.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/** What an MXBean shows, as JSON: values with names and maps are objects, lists are arrays. */
final class OpenDataJson {
    private static final String KEY = "key";
    private static final String VALUE = "value";

    private OpenDataJson() {}

    static JsonValue of(@Nullable Object data) {
        if (data == null) {
            return JsonValue.NULL;
        } else if (data instanceof Number number) {
            return number instanceof Double || number instanceof Float
                    ? Json.createValue(number.doubleValue())
                    : Json.createValue(number.longValue());
        } else if (data instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        } else if (data instanceof CompositeData composite) {
            return object(composite).build();
        } else if (data instanceof TabularData map) {
            return map(map.values());
        } else if (data instanceof Object[] list) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            Arrays.stream(list).map(OpenDataJson::of).forEach(array::add);
            return array.build();
        }
        return Json.createValue(data.toString());
    }

    /** To be added to. */
    static JsonObjectBuilder object(CompositeData composite) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        composite.getCompositeType().keySet().forEach(key -> object.add(key, of(composite.get(key))));
        return object;
    }

    private static JsonValue map(Collection<?> rows) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        rows.stream()
                .map(CompositeData.class::cast)
                .forEach(row -> object.add(String.valueOf(row.get(KEY)), of(row.get(VALUE))));
        return object.build();
    }
}
