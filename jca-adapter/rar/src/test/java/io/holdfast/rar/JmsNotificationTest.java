package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.Notification;
import io.holdfast.api.NotificationSignature;
import io.holdfast.api.Progress;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Transaction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmsNotificationTest {
    private static final String NOBODY = "http://127.0.0.1:9/lra-coordinator";
    private static final Answer NO_THREAD = new Answer.Unknown("java.lang.IllegalStateException: no thread");
    private static final byte[] SECRET = "a secret of the shop's".getBytes(StandardCharsets.UTF_8);

    private final FakeBroker broker = new FakeBroker();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path given) throws XAException {
        directory = given;
        begin(FakeBroker.FACTORY);
    }

    private void begin(String factory) throws XAException {
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0, factory), broker);
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    private Enlisted enlist(Notification notification) {
        return adapter.branches.enlist(resource.current().orElseThrow(), notification);
    }

    private static Notification paid() {
        return Notification.send(FakeBroker.QUEUE, "{\"order\":\"ä\"}").withId("n-1");
    }

    private void commit() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
    }

    private void assertRefused(Notification notification, String number, String... parts) {
        assertThatThrownBy(() -> enlist(notification))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith(number)
                .hasMessageContainingAll(parts);
    }

    @Test
    void a_commit_sends_it_once_with_its_id_body_and_signature() throws XAException {
        Enlisted enlisted = enlist(paid().signedWith(SECRET));
        assertThat(broker.sent).isEmpty();
        commit();

        adapter.awaitEmptyLog();
        assertThat(broker.sent).singleElement().satisfies(message -> {
            assertThat(message.queue()).isEqualTo("orders");
            assertThat(message.body()).isEqualTo("{\"order\":\"ä\"}");
            assertThat(message.properties())
                    .containsEntry("HoldfastMessageId", "n-1")
                    .containsEntry("HoldfastContentType", "application/json")
                    .containsEntry("HoldfastTransaction", enlisted.transaction())
                    .containsEntry("HoldfastParticipant", enlisted.participant());
            assertThatCode(() -> NotificationSignature.check(
                            SECRET, message.properties().get("HoldfastSignature"), "n-1", message.body()))
                    .doesNotThrowAnyException();
        });
        assertThat(broker.openContexts).hasValue(0);
    }

    @Test
    void a_rollback_sends_nothing() throws XAException {
        enlist(paid());
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);

        adapter.awaitEmptyLog();
        assertThat(broker.sent).isEmpty();
    }

    @Test
    void it_is_sent_again_until_the_broker_has_it() throws XAException {
        broker.failures.set(3);
        enlist(paid());
        commit();

        adapter.awaitEmptyLog();
        assertThat(broker.attempts).hasValue(4);
        assertThat(broker.sent).hasSize(1);
        assertThat(broker.openContexts).hasValue(0);
    }

    @Test
    void an_error_of_the_brokers_client_is_a_failure_like_any_other() throws XAException {
        broker.failures.set(1);
        broker.failure = () -> new NoClassDefFoundError("org/broker/Frame");
        enlist(paid());
        commit();

        adapter.awaitEmptyLog();
        assertThat(broker.attempts).hasValue(2);
        assertThat(broker.sent).hasSize(1);
    }

    @Test
    void a_broker_that_does_not_take_a_message_in_time_counts_as_silent_and_holds_few_threads() throws Exception {
        Call call = callOf(enlist(paid()));
        AtomicInteger threads = new AtomicInteger();
        JmsCalls jms = new JmsCalls(
                FakeBroker.FACTORY,
                (task, refused) -> new Thread(task, "sender-" + threads.incrementAndGet()).start(),
                broker);
        ManualTime time = new ManualTime();
        NotificationDriver driver = new NotificationDriver(
                new HttpCalls(Runnable::run, Duration.ofSeconds(1)), jms, AllowedHosts.parse(""), time, time);
        broker.taking.drainPermits();

        int fitting = FewAtATime.UNDER_WAY + FewAtATime.WAITING;
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int number = 0; number < fitting; number++) {
            answers.add(driver.deliver(like(call, number)).toCompletableFuture());
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        assertThat(driver.deliver(like(call, fitting)).toCompletableFuture().get())
                .isEqualTo(new Answer.Unreachable(
                        "jms:java:/jms/queue/orders: 4 calls have no answer yet, and 64 wait for them"));
        for (int second = 0; second < 40; second++) {
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.getNow(new Answer.Done()))
                .isEqualTo(new Answer.Unreachable("it is still at work after PT30S")));
        assertThat(threads).hasValue(FewAtATime.UNDER_WAY);

        // The one that was tried last waits behind all others, so that they have been sent when it has.
        CompletableFuture<Answer> last = driver.deliver(like(call, fitting - 1)).toCompletableFuture();
        broker.taking.release(Integer.MAX_VALUE);
        assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(new Answer.Done());
        assertThat(threads).hasValue(FewAtATime.UNDER_WAY);
    }

    @Test
    void what_waits_for_its_turn_is_sent_after_the_others_and_told_when_no_thread_is_left_for_it() throws Exception {
        Queue<Runnable> given = new ArrayDeque<>();
        Queue<Consumer<Exception>> refusals = new ArrayDeque<>();
        FewAtATime calls = new FewAtATime((task, refused) -> {
            given.add(task);
            refusals.add(refused);
        });
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int number = 0; number < FewAtATime.UNDER_WAY + 2; number++) {
            answers.add(calls.tell("jms:a", Answer.Done::new));
        }
        CompletableFuture<Answer> elsewhere = calls.tell("jms:b", Answer.Done::new);

        for (int refused = 0; refused < FewAtATime.UNDER_WAY - 1; refused++) {
            given.remove();
            refusals.remove().accept(new IllegalStateException("no thread"));
            assertThat(answers.get(refused).get()).isEqualTo(NO_THREAD);
        }
        assertThat(answers.subList(FewAtATime.UNDER_WAY - 1, answers.size())).noneMatch(CompletableFuture::isDone);
        given.remove();
        refusals.remove().accept(new IllegalStateException("no thread"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(NO_THREAD));

        CompletableFuture<Answer> next = calls.tell("jms:a", Answer.Done::new);
        given.forEach(Runnable::run);
        assertThat(next.get()).isEqualTo(new Answer.Done());
        assertThat(elsewhere.get()).isEqualTo(new Answer.Done());
    }

    private Call callOf(Enlisted enlisted) {
        Transaction tx = adapter.branches.engine().list(any -> true, 1).join().get(0);
        assertThat(tx.id().value()).isEqualTo(enlisted.transaction());
        return new Call(tx, tx.participants().iterator().next(), Instruction.CONFIRM, 1);
    }

    /** The call of another notification to the same destination. */
    private static Call like(Call call, int number) {
        Participant one = call.participant();
        ParticipantId id = new ParticipantId("other" + number);
        return new Call(
                call.transaction(),
                Participant.joining(id, one.kind(), one.address(), one.data(), one.wants()),
                call.instruction(),
                1);
    }

    @Test
    void a_restart_goes_on_sending() throws XAException {
        broker.failures.set(Integer.MAX_VALUE);
        Enlisted enlisted = enlist(paid());
        commit();
        adapter.close();
        broker.failures.set(0);
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0, FakeBroker.FACTORY), broker);

        adapter.awaitEmptyLog();
        // Maybe once more by an attempt that was under way at the close.
        assertThat(broker.sent).isNotEmpty().allSatisfy(message -> assertThat(message.properties())
                .containsEntry("HoldfastMessageId", "n-1")
                .containsEntry("HoldfastParticipant", enlisted.participant()));
    }

    @Test
    void one_that_the_broker_does_not_take_in_its_time_stays_for_a_person() throws XAException {
        broker.failures.set(Integer.MAX_VALUE);
        Enlisted enlisted = enlist(paid().givingUpAfter(Duration.ofSeconds(1)));
        commit();

        adapter.awaitFailedToConfirm();
        assertThat(adapter.branches.progressOf(enlisted.transaction(), enlisted.participant()))
                .isEqualTo(Progress.FAILED);
    }

    @Test
    void a_destination_that_is_not_there_or_is_none_is_refused_by_name_and_changes_nothing() throws XAException {
        assertRefused(Notification.send("java:/jms/queue/nowhere", "{}"), "HFRAR083", "java:/jms/queue/nowhere");
        assertRefused(Notification.send(FakeBroker.FACTORY, "{}"), "HFRAR083", FakeBroker.FACTORY, "Destination");
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java:app/jms/orders",
                "java:comp/env/jms/orders",
                "java:module/jms/orders",
                "ldap://127.0.0.1/orders",
                "rmi:orders",
                "java:ldap://127.0.0.1/orders"
            })
    void a_name_of_one_application_or_of_another_host_is_refused_without_a_look(String name) {
        assertRefused(Notification.send(name, "{}"), "HFRAR053", name, "notification");
    }

    @Test
    void a_method_that_does_not_fit_the_address_is_refused() {
        assertRefused(Notification.post(URI.create("jms:" + FakeBroker.QUEUE), "{}"), "HFRAR080", "POST", "SEND");
        Notification called = Notification.post(URI.create("http://127.0.0.1:9/paid"), "{}");
        assertRefused(
                new Notification(
                        called.id(),
                        called.address(),
                        Notification.Method.SEND,
                        called.contentType(),
                        called.body(),
                        "",
                        Duration.ZERO),
                "HFRAR080",
                "SEND",
                "POST or PUT");
    }

    @Test
    void without_a_connection_factory_it_is_refused_and_a_bad_name_of_one_stops_the_adapter() throws XAException {
        adapter.close();
        begin("");
        assertRefused(paid(), "HFRAR082", FakeBroker.QUEUE, "jmsConnectionFactory");

        assertThatThrownBy(() -> settings(directory, NOBODY, 5000, 0, "java:comp/DefaultJMSConnectionFactory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("HFRAR003", "jmsConnectionFactory", "java:comp/DefaultJMSConnectionFactory");
    }

    @Test
    void an_address_says_how_it_is_told() {
        assertThat(Notification.to(URI.create("jms:jms/orders"), "{}").method()).isEqualTo(Notification.Method.SEND);
        assertThat(Notification.to(URI.create("jms:jms/orders"), "{}").address())
                .hasToString("jms:jms/orders");
        assertThat(Notification.to(URI.create("http://127.0.0.1/orders"), "{}").method())
                .isEqualTo(Notification.Method.POST);
        assertThatThrownBy(() -> Notification.send("", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("''");
    }
}
