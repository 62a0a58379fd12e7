package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The whole server dies when every branch is prepared, the decision is logged and nothing is committed. */
public final class KilledBetweenPrepareAndCommit implements Scenario {
    private static final Pattern ADAPTER_OPEN = Pattern.compile("HFRAR001 .* (\\d+) branch\\(es\\) in doubt");
    /** Recovery's first pass often comes before the deployments and complains by name of each branch that it cannot end yet. */
    private static final Pattern NOT_YET = Pattern.compile("ARJUNA01603[78]: .*(java:/jdbc/bank|java:/eis/holdfast)");

    @Override
    public String name() {
        return "d";
    }

    @Override
    public String title() {
        return "The server is killed between XA prepare and commit: recovery finishes the transfer";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        Order order = Order.of("dave", "books", "400.00");
        stage.narrator().step("transfer " + order + "; the server's JVM is halted before the first branch's XA commit");
        stage.killSwitch().arm();
        CompletableFuture<Answer> call = stage.bank().transferAsync(order.json());
        KilledAt.awaitDeath(stage, call);
        checkNothingCommitted(stage, order);
        long lines = log(stage).size();
        KilledAt.startAgain(stage);
        Outcome.of(order).awaitDone(stage, before, Duration.ofMinutes(3));
        checkRecovered(stage, log(stage).stream().skip(lines).toList());
    }

    private static void checkNothingCommitted(Stage stage, Order order) {
        BankFile bank = BankFile.read(stage.server().data(), order.id());
        stage.check("the bank's database has one branch in doubt: " + bank, bank.branchesInDoubt() == 1);
        stage.check("the row is not committed", !bank.hasRow());
    }

    /** @param log what the server has written since its restart */
    private static void checkRecovered(Stage stage, List<String> log) {
        int inDoubt = log.stream()
                .map(ADAPTER_OPEN::matcher)
                .filter(Matcher::find)
                .mapToInt(line -> Integer.parseInt(line.group(1)))
                .findFirst()
                .orElseThrow(() -> new ScenarioFailed("no HFRAR001 in the log of the restarted server"));
        stage.check("the restarted adapter found " + inDoubt + " branch in doubt", inDoubt == 1);
        String named = log.stream()
                .map(NOT_YET::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        stage.narrator().step("recovery's first pass had to wait for: " + (named.isEmpty() ? "nothing" : named));
    }

    private static List<String> log(Stage stage) {
        try {
            return Files.readAllLines(stage.server().log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
