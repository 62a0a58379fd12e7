package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.Account;
import io.holdfast.scenarios.Book.Credit;
import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.Debit;
import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.Book.Limit;
import io.holdfast.scenarios.Book.Merchant;
import io.holdfast.scenarios.Book.Transfer;
import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The HTTP interfaces of the bank, the account service and the merchant service. Thread-safe. */
public final class BankClient {
    private final JsonHttp http;
    private final URI root;

    /** @param root where the applications are, for instance {@code http://127.0.0.1:8080/} */
    public BankClient(JsonHttp http, URI root) {
        this.http = http;
        this.root = root;
    }

    public URI page() {
        return root.resolve("/bank/");
    }

    public Answer transfer(JsonObject order) {
        return http.post(root.resolve("/bank/api/transfers"), order);
    }

    public CompletableFuture<Answer> transferAsync(JsonObject order) {
        return http.postAsync(root.resolve("/bank/api/transfers"), order);
    }

    /** Lets a transfer that waits after both tries go on. */
    public Answer go(String transfer) {
        return http.post(root.resolve("/bank/api/transfers/" + transfer + "/go"), JsonValue.EMPTY_JSON_OBJECT);
    }

    public Answer deposit(String account, BigDecimal amount) {
        return http.post(
                root.resolve("/account/api/accounts/" + account + "/deposits"),
                Json.createObjectBuilder().add("amount", amount).build());
    }

    /** From now on the services fail this share of their calls, before and after they have done their work. */
    public void chaos(double failBefore, double failAfter) {
        JsonObject rates = Json.createObjectBuilder()
                .add("failBefore", failBefore)
                .add("failAfter", failAfter)
                .build();
        for (String service : List.of("account", "merchant")) {
            Answer answer = http.put(root.resolve("/" + service + "/api/chaos"), rates);
            if (!answer.isSuccess()) {
                throw new JsonHttp.UnexpectedAnswer(answer);
            }
        }
    }

    public List<Account> accounts() {
        return list(
                "/account/api/accounts",
                json -> new Account(text(json, "id"), decimal(json, "balance"), decimal(json, "frozen")));
    }

    public List<Merchant> merchants() {
        return list("/merchant/api/merchants", json -> new Merchant(text(json, "id"), decimal(json, "balance")));
    }

    public List<Transfer> transfers() {
        return list(
                "/bank/api/transfers",
                json -> new Transfer(
                        text(json, "id"), text(json, "customer"), text(json, "merchant"), decimal(json, "amount")));
    }

    public List<Debit> debits() {
        return list(
                "/account/api/operations",
                json -> new Debit(
                        text(json, "transfer"),
                        text(json, "account"),
                        decimal(json, "amount"),
                        DebitState.valueOf(text(json, "state"))));
    }

    public List<Credit> credits() {
        return list(
                "/merchant/api/operations",
                json -> new Credit(
                        text(json, "transfer"),
                        text(json, "merchant"),
                        decimal(json, "amount"),
                        CreditState.valueOf(text(json, "state"))));
    }

    public List<Limit> limits() {
        return list(
                "/bank/api/limits",
                json -> new Limit(text(json, "customer"), decimal(json, "used"), decimal(json, "reserved")));
    }

    public Optional<DebitState> debitState(String transfer) {
        return debits().stream()
                .filter(debit -> debit.transfer().equals(transfer))
                .map(Debit::state)
                .findFirst();
    }

    public Optional<CreditState> creditState(String transfer) {
        return credits().stream()
                .filter(credit -> credit.transfer().equals(transfer))
                .map(Credit::state)
                .findFirst();
    }

    /** Whether all three applications answer. */
    public boolean isUp() {
        return http.get(root.resolve("/bank/api/transfers")).isSuccess()
                && http.get(root.resolve("/account/api/accounts")).isSuccess()
                && http.get(root.resolve("/merchant/api/merchants")).isSuccess();
    }

    private <T> List<T> list(String path, Function<JsonObject, T> each) {
        return http.get(root.resolve(path)).json().asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(each)
                .toList();
    }

    private static String text(JsonObject json, String name) {
        JsonValue value = json.get(name);
        if (value instanceof JsonString string) {
            return string.getString();
        }
        if (value instanceof JsonNumber) {
            return value.toString();
        }
        throw new IllegalArgumentException("no text '" + name + "' in " + json);
    }

    private static BigDecimal decimal(JsonObject json, String name) {
        return new BigDecimal(text(json, name));
    }
}
