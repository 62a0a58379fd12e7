package io.holdfast.scenarios;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.KillSwitch;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.shop.ShopClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/** Everything a scenario plays with. Thread-safe where its parts are. */
public final class Stage {
    /** The archives that make up the sample, in the order of their deployment. */
    public static final List<String> DEPLOYMENTS =
            List.of("holdfast.rar", "lra-coordinator.war", "merchant.war", "holdfast-sample.ear", "shop.war");

    /** What the scenarios need of the resource adapter beside the configuration that everybody gets: an alarm within seconds. */
    public static final Map<String, String> ADAPTER_PROPERTIES = Map.of("alarmAfterAttempts", "5");

    private static final Duration POLL = Duration.ofMillis(250);
    /** Payara says that it has started, and goes on loading applications. */
    private static final Duration STARTED = Duration.ofMinutes(10);

    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final ServerControl server;
    private final KillSwitch killSwitch;
    private final BankClient bank;
    private final StoreClient store;
    private final ShopClient shop;
    private final CounterClient counter;
    private final CoordinatorClient coordinator;
    private final Narrator narrator;
    private final long seed;
    private final JsonHttp http = new JsonHttp();

    public Stage(ServerControl server, KillSwitch killSwitch, Narrator narrator, long seed) {
        this.server = server;
        this.killSwitch = killSwitch;
        this.bank = new BankClient(http, server.root());
        this.store = new StoreClient(http, server.root());
        this.shop = new ShopClient(server.root());
        this.counter = new CounterClient(http, server.root());
        this.coordinator = new CoordinatorClient(http, coordinatorBase(server.root()));
        this.narrator = narrator;
        this.seed = seed;
    }

    /** Where lra-coordinator.war answers when it is deployed on that server. */
    public static URI coordinatorBase(URI serverRoot) {
        return serverRoot.resolve("/lra-coordinator/lra-coordinator");
    }

    public ServerControl server() {
        return server;
    }

    public KillSwitch killSwitch() {
        return killSwitch;
    }

    public BankClient bank() {
        return bank;
    }

    public StoreClient store() {
        return store;
    }

    public ShopClient shop() {
        return shop;
    }

    public CounterClient counter() {
        return counter;
    }

    public CoordinatorClient coordinator() {
        return coordinator;
    }

    public Narrator narrator() {
        return narrator;
    }

    /** For every random choice of a scenario, so that a failing run can be repeated. */
    public long seed() {
        return seed;
    }

    public Book book() {
        return new Book(
                bank.accounts(),
                bank.merchants(),
                bank.transfers(),
                bank.debits(),
                bank.credits(),
                bank.limits(),
                coordinator.lras(),
                counter.book());
    }

    /** Starts the server and deploys the sample. */
    public void open() {
        server.start();
        DEPLOYMENTS.forEach(server::deploy);
        awaitApplications();
    }

    /** Waits until all applications and the coordinator answer. */
    public void awaitApplications() {
        await("the applications")
                .pollInterval(POLL)
                .atMost(STARTED)
                .ignoreExceptions()
                .until(() -> bank.isUp() && shop.isUp() && coordinator.lras() != null);
    }

    /**
     * Waits until the rules hold, asking the coordinator to go on, and returns the book.
     *
     * @throws ScenarioFailed with the broken rules when they still do not hold after that time
     */
    public Book settle(Invariants invariants, Duration patience) {
        try {
            await("the invariants")
                    .pollInterval(POLL.multipliedBy(2))
                    .atMost(patience)
                    .ignoreExceptions()
                    .until(() -> coordinator.recover().isSuccess()
                            && invariants.broken(book()).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new ScenarioFailed(String.join("\n", invariants.broken(book())));
        }
        return book();
    }

    /** Waits until that is so and tells it; failures to ask count as no. */
    public void awaitUntil(String what, Duration atMost, Callable<Boolean> condition) {
        try {
            await(what).pollInterval(POLL).atMost(atMost).ignoreExceptions().until(condition);
        } catch (ConditionTimeoutException e) {
            throw new ScenarioFailed("not within " + atMost.toSeconds() + " s: " + what);
        }
        narrator.step("seen: " + what);
    }

    /** Waits for the answer to a call under way. */
    public Answer answerOf(CompletableFuture<Answer> call) {
        try {
            return call.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ScenarioFailed("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScenarioFailed("interrupted");
        }
    }

    /** Whether what was made is found at the location that the answer tells. */
    boolean isFoundWhereItSays(Answer made, String id) {
        return made.location()
                .map(URI::create)
                .map(location -> http.get(location).json().asJsonObject().getString("id"))
                .filter(id::equals)
                .isPresent();
    }

    /** Tells what must be so, and fails when it is not. */
    public void check(String what, boolean holds) {
        if (!holds) {
            throw new ScenarioFailed("not so: " + what);
        }
        narrator.step("checked: " + what);
    }
}
