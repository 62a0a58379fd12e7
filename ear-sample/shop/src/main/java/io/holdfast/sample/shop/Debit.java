package io.holdfast.sample.shop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;

/** What the order centre's message asks for; the answer has the same text. */
record Debit(String order, String account, BigDecimal amount) {
    /** Throws for anything else, so that the broker puts it into the dead-letter queue. */
    static Debit parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject object = reader.readObject();
            return new Debit(
                    object.getString("order"), object.getString("account"), new BigDecimal(object.getString("amount")));
        }
    }
}
