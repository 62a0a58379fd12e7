package io.holdfast.scenarios;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many transfers at once while everything fails now and then. */
public final class LoadWithFailures implements Scenario {
    private static final int TRANSFERS = 200;
    private static final int THREADS = 8;
    private static final double CHAOS = 0.2;
    private static final List<String> CUSTOMERS = List.of("alice", "bob", "carol", "dave");
    private static final List<String> MERCHANTS = List.of("books", "tea", "bikes");

    @Override
    public String name() {
        return "f";
    }

    @Override
    public String title() {
        return TRANSFERS + " transfers from " + THREADS + " threads while the services fail at random";
    }

    @Override
    public void play(Stage stage) {
        Book before = stage.book();
        List<Order> orders = orders(new Random(stage.seed()));
        stage.narrator().step("both services fail " + CHAOS + " of their calls before, and as many after the work");
        stage.bank().chaos(CHAOS, CHAOS);
        Map<String, Integer> answers;
        try {
            answers = playAll(stage, orders);
        } finally {
            stage.bank().chaos(0, 0);
        }
        stage.narrator().step("answers: " + new TreeMap<>(countsOf(answers)) + "; the services work again");
        Book settled = stage.settle(new Invariants(before.money()));
        orders.forEach(order -> checkAnswer(order, answers.getOrDefault(order.id(), 0), settled));
        stage.check("every 201 has its row, every refusal has none", true);
        stage.check(
                "some transfers succeeded and some failed",
                answers.containsValue(201) && answers.values().stream().anyMatch(status -> status != 201));
    }

    private static List<Order> orders(Random random) {
        List<Order> orders = new ArrayList<>();
        for (int number = 0; number < TRANSFERS; number++) {
            orders.add(order(random, number));
        }
        return orders;
    }

    private static Order order(Random random, int number) {
        String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
        String merchant = MERCHANTS.get(random.nextInt(MERCHANTS.size()));
        String amount = BigDecimal.valueOf(100 + random.nextInt(2_000), 2).toPlainString();
        Order order = Order.of(customer, merchant, amount);
        return switch (random.nextInt(10)) {
            case 0 -> order.failingAfterTry();
            case 1 -> Order.of(customer, "nobody-" + number, amount);
            case 2 -> Order.of(customer, merchant, "999999.00");
            default -> order;
        };
    }

    private static Map<String, Integer> playAll(Stage stage, List<Order> orders) {
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (Order order : orders) {
                calls.add(threads.submit(() -> {
                    Answer answer = stage.bank().transfer(order.json());
                    answers.put(order.id(), answer.status());
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
            return answers;
        } catch (ExecutionException e) {
            throw new ScenarioFailed("a transfer got no answer: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScenarioFailed("interrupted");
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<Integer, Integer> countsOf(Map<String, Integer> answers) {
        Map<Integer, Integer> counts = new ConcurrentHashMap<>();
        answers.values().forEach(status -> counts.merge(status, 1, Integer::sum));
        return counts;
    }

    private static void checkAnswer(Order order, int status, Book settled) {
        boolean row = settled.transfer(order.id()).isPresent();
        if (status == 201 && !row) {
            throw new ScenarioFailed("transfer " + order.id() + " was answered 201 but has no row");
        }
        if (status / 100 == 4 && row) {
            throw new ScenarioFailed("transfer " + order.id() + " was answered " + status + " but has a row");
        }
    }
}
