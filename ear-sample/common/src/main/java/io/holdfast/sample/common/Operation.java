package io.holdfast.sample.common;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;

/** What one transfer did to one party at one service. */
public record Operation<S extends Enum<S>>(String lra, String transfer, String party, BigDecimal amount, S state) {
    /** As JSON, the party under the name that the service has for it. */
    public JsonObject json(String partyName) {
        return Json.createObjectBuilder()
                .add("transfer", transfer)
                .add(partyName, party)
                .add("amount", Money.text(amount))
                .add("state", state.name())
                .add("lra", lra)
                .build();
    }
}
