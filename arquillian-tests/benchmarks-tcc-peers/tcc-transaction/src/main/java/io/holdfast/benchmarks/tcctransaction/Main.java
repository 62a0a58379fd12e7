package io.holdfast.benchmarks.tcctransaction;

import io.holdfast.benchmarks.load.Orders;
import io.holdfast.benchmarks.load.Round;
import io.holdfast.benchmarks.load.Work;
import io.holdfast.benchmarks.load.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.mengyun.tcctransaction.ClientConfig;
import org.mengyun.tcctransaction.discovery.registry.ClientRegistryConfig;
import org.mengyun.tcctransaction.properties.RecoveryProperties;
import org.mengyun.tcctransaction.properties.registry.ClientRegistryProperties;
import org.mengyun.tcctransaction.properties.remoting.NettyClientProperties;
import org.mengyun.tcctransaction.properties.store.StoreProperties;
import org.mengyun.tcctransaction.spring.annotation.EnableTccTransaction;
import org.mengyun.tcctransaction.storage.StorageType;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableAspectJAutoProxy;

/** Transactions with two participants, in one Spring context. */
public final class Main {
    private static final int ARGUMENTS = 2;
    private static final long AMOUNT = 42;
    private static final int PARTICIPANTS = 2;

    private final Account account;
    private final AtomicLong last = new AtomicLong();
    private final Workers workers = new Workers(Executors.defaultThreadFactory(), () -> (Work) this::transfer);

    private Main(Account account) {
        this.account = account;
    }

    /** Its proxies are subclasses. */
    @Configuration
    @EnableTccTransaction
    @EnableAspectJAutoProxy(proxyTargetClass = true)
    static class Application {}

    /** @param arguments a {@link StorageType}, and a directory for its files */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("wanted: type of store, directory for its files");
        }
        Orders.serve(() -> {
            Path directory = Files.createDirectories(Path.of(arguments[1]));
            return new Main(account(Stores.of(StorageType.valueOf(arguments[0]), directory)))::round;
        });
        System.exit(0);
    }

    /** In a context that lives as long as this JVM. */
    private static Account account(StoreProperties store) {
        ClientRegistryConfig registry = new ClientRegistryProperties();
        ClientConfig client = new ClientConfig(store, new RecoveryProperties(), new NettyClientProperties(), registry);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(ClientConfig.class, () -> client);
        context.registerBean(Merchant.class);
        context.registerBean(Account.class, () -> new Account(context.getBean(Merchant.class)));
        context.register(Application.class);
        context.refresh();
        return context.getBean(Account.class);
    }

    private void transfer() {
        account.transfer(last.incrementAndGet(), AMOUNT);
    }

    private String round(int threads, Duration time) throws InterruptedException {
        long confirmed = Account.CONFIRMED.sum() + Merchant.CONFIRMED.sum();
        Round round = workers.run(threads, time);
        confirmed = Account.CONFIRMED.sum() + Merchant.CONFIRMED.sum() - confirmed;
        if (confirmed != (long) PARTICIPANTS * round.latencies().size()) {
            throw new IllegalStateException(
                    confirmed + " confirms in " + round.latencies().size() + " transactions");
        }
        return round.figures();
    }
}
