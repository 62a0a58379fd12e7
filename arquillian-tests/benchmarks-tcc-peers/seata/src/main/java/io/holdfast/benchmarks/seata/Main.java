package io.holdfast.benchmarks.seata;

import io.holdfast.benchmarks.load.Orders;
import io.holdfast.benchmarks.load.Round;
import io.holdfast.benchmarks.load.Work;
import io.holdfast.benchmarks.load.Workers;
import io.seata.core.exception.TransactionException;
import io.seata.core.model.GlobalStatus;
import io.seata.integration.tx.api.util.ProxyUtil;
import io.seata.rm.RMClient;
import io.seata.tm.TMClient;
import io.seata.tm.api.GlobalTransaction;
import io.seata.tm.api.GlobalTransactionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A client of Seata's server whose transactions have two participants. To be run in a network of its own. */
public final class Main {
    private static final String APPLICATION = "bench";
    /** See file.conf. */
    private static final String GROUP = "bench_group";

    private static final int ARGUMENTS = 2;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final long AMOUNT = 42;
    private static final int PARTICIPANTS = 2;

    private final SeataServer server;
    private final Account account;
    private final Merchant merchant;
    private final AtomicLong last = new AtomicLong();
    private final Workers workers = new Workers(Executors.defaultThreadFactory(), () -> (Work) this::transfer);

    private Main(SeataServer server) {
        this.server = server;
        TMClient.init(APPLICATION, GROUP);
        RMClient.init(APPLICATION, GROUP);
        this.account = ProxyUtil.createProxy(new Account());
        this.merchant = ProxyUtil.createProxy(new Merchant());
    }

    /** @param arguments a directory with the server's jars, and one for its files */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("wanted: directory of the server's jars, directory for its files");
        }
        Orders.serve(() -> {
            SeataServer server =
                    SeataServer.start(Path.of(arguments[0]), Files.createDirectories(Path.of(arguments[1])));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-server"));
            return new Main(server)::round;
        });
        System.exit(0);
    }

    private void transfer() throws TransactionException {
        long transfer = last.incrementAndGet();
        GlobalTransaction transaction = GlobalTransactionContext.getCurrentOrCreate();
        transaction.begin(TIMEOUT_MILLIS, "transfer");
        account.freeze(transfer, AMOUNT);
        merchant.announce(transfer, AMOUNT);
        transaction.commit();
        if (transaction.getLocalStatus() != GlobalStatus.Committed) {
            throw new IllegalStateException(transaction.getXid() + " is " + transaction.getLocalStatus());
        }
    }

    private String round(int threads, Duration time) throws InterruptedException {
        long confirmed = Account.CONFIRMED.sum() + Merchant.CONFIRMED.sum();
        Duration cpu = server.cpu();
        Round client = workers.run(threads, time);
        Round both = new Round(
                client.latencies(),
                client.elapsed(),
                client.cpu().plus(server.cpu()).minus(cpu));
        confirmed = Account.CONFIRMED.sum() + Merchant.CONFIRMED.sum() - confirmed;
        if (confirmed != (long) PARTICIPANTS * client.latencies().size()) {
            throw new IllegalStateException(
                    confirmed + " confirms in " + client.latencies().size() + " transactions");
        }
        return both.figures();
    }
}
