package io.holdfast.sample.counter;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.sql.SQLException;
import java.util.List;

/**
 * What the counter's page shows, and what its rules need, which hold for any number of payments.
 *
 * @param payments the newest
 * @param unsettled how many of all payments, not of the newest only, are neither paid nor taken back, or not yet
 * @param alarms the newest
 */
public record Overview(List<Account> accounts, List<Payment> payments, int unsettled, List<RaisedAlarm> alarms) {
    private static final int MOST_PAYMENTS = 100;
    private static final int MOST_ALARMS = 50;

    static Overview of(CounterBook.Tables tables) throws SQLException {
        return new Overview(
                tables.accounts().all(),
                tables.payments().newest(MOST_PAYMENTS),
                tables.payments().unsettled(),
                tables.alarms().newest(MOST_ALARMS));
    }

    JsonObject json() {
        JsonArrayBuilder known = Json.createArrayBuilder();
        accounts.forEach(account -> known.add(account.json()));
        JsonArrayBuilder made = Json.createArrayBuilder();
        payments.forEach(payment -> made.add(payment.json()));
        JsonArrayBuilder raised = Json.createArrayBuilder();
        alarms.forEach(alarm -> raised.add(alarm.json()));
        return Json.createObjectBuilder()
                .add("accounts", known)
                .add("payments", made)
                .add("unsettled", unsettled)
                .add("alarms", raised)
                .build();
    }
}
