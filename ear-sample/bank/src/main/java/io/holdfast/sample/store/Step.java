package io.holdfast.sample.store;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * Something that was done for an order, or undone.
 *
 * @param name order, stock, payment or shipping
 */
public record Step(String order, String name, boolean undone, String text) {
    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("step", name)
                .add("undone", undone)
                .add("text", text);
    }
}
