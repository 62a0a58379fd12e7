package io.holdfast.sample.bank;

import io.holdfast.sample.common.Money;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The services that the bank calls. Thread-safe. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class Services {
    private static final String ACCOUNT_URL = "holdfast.sample.account.url";
    private static final String MERCHANT_URL = "holdfast.sample.merchant.url";

    @Resource(name = ACCOUNT_URL)
    private String accountUrl;

    @Resource(name = MERCHANT_URL)
    private String merchantUrl;

    private Client business;
    private Client watch;
    private Service accounts;
    private Service merchants;
    private Service accountsForWatching;
    private Service merchantsForWatching;

    @PostConstruct
    void open() {
        URI account = URI.create(System.getProperty(ACCOUNT_URL, accountUrl));
        URI merchant = URI.create(System.getProperty(MERCHANT_URL, merchantUrl));
        business = client(Duration.ofSeconds(2), Duration.ofSeconds(10));
        watch = client(Duration.ofMillis(500), Duration.ofSeconds(2));
        accounts = new Service("account", account, business);
        merchants = new Service("merchant", merchant, business);
        accountsForWatching = new Service("account", account, watch);
        merchantsForWatching = new Service("merchant", merchant, watch);
    }

    private static Client client(Duration connect, Duration read) {
        return ClientBuilder.newBuilder()
                .connectTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(read.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    @PreDestroy
    void close() {
        business.close();
        watch.close();
    }

    /** Asks the account service to freeze the amount. */
    public void freeze(TransferOrder order) {
        accounts.put(
                "accounts/{id}/freeze",
                order.customer(),
                Json.createObjectBuilder()
                        .add("transfer", order.id())
                        .add("amount", Money.text(order.amount()))
                        .build());
    }

    /** Asks the merchant service to note the credit. */
    public void credit(TransferOrder order) {
        merchants.put(
                "merchants/{id}/credits",
                order.merchant(),
                Json.createObjectBuilder()
                        .add("transfer", order.id())
                        .add("amount", Money.text(order.amount()))
                        .build());
    }

    Service accountsForWatching() {
        return accountsForWatching;
    }

    Service merchantsForWatching() {
        return merchantsForWatching;
    }
}
