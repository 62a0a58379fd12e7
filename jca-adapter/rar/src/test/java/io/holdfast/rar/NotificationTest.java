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
import io.holdfast.rar.FakeService.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationTest {
    private static final String NOBODY = "http://127.0.0.1:9/lra-coordinator";
    private static final byte[] SECRET = "a secret of the shop's".getBytes(StandardCharsets.UTF_8);

    private final FakeService service = new FakeService();
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;
    private BranchXAResource resource;

    @BeforeEach
    void open(@TempDir Path given) throws XAException {
        directory = given;
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0));
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    @AfterEach
    void close() {
        adapter.close();
        service.close();
    }

    private Enlisted enlist(Notification notification) {
        return adapter.branches.enlist(resource.current().orElseThrow(), notification);
    }

    private Notification paid() {
        return Notification.post(service.at("paid"), "{\"order\":\"ä\"}").withId("n-1");
    }

    private Progress progress(Enlisted enlisted) {
        return adapter.branches.progressOf(enlisted.transaction(), enlisted.participant());
    }

    private void commit() throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        resource.commit(xid, false);
    }

    private void restart() {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0));
    }

    @Test
    void a_commit_tells_it_with_its_id_body_and_signature() throws XAException {
        Enlisted enlisted = enlist(paid().signedWith(SECRET));
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("POST /paid");
        Request request = service.requests().get(0);
        assertThat(request.body()).isEqualTo("{\"order\":\"ä\"}");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("idempotency-key", "n-1")
                .containsEntry("holdfast-transaction", enlisted.transaction())
                .containsEntry("holdfast-participant", enlisted.participant());
        assertThatCode(() -> NotificationSignature.check(
                        SECRET, request.headers().get("holdfast-signature"), "n-1", request.body()))
                .doesNotThrowAnyException();
    }

    @Test
    void a_rollback_drops_it_without_a_word() throws XAException {
        enlist(paid());
        resource.end(xid, XAResource.TMSUCCESS);
        resource.rollback(xid);

        adapter.awaitEmptyLog();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void a_crash_before_the_decision_drops_it() {
        enlist(paid());
        restart();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void a_commit_in_one_phase_tells_it_too_and_by_put_where_that_is_wanted() throws XAException {
        enlist(Notification.put(service.at("state"), "{}"));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("PUT /state");
    }

    @Test
    void it_is_told_again_until_it_is_acknowledged_always_with_the_same_id() throws XAException {
        service.answers("paid", 503, "")
                .answers("paid", 404, "")
                .answers("paid", 302, "")
                .answers("paid", 202, "");
        enlist(paid());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.requests()).hasSize(4).allMatch(request -> "n-1"
                .equals(request.headers().get("idempotency-key")));
    }

    @Test
    void a_restart_goes_on_telling() throws XAException {
        service.answers("paid", 500, "").answers("paid", 500, "");
        Enlisted enlisted = enlist(paid());
        commit();
        service.awaitCalls(1);
        restart();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(progress(enlisted)).isEqualTo(Progress.UNKNOWN);
    }

    @Test
    void each_one_is_told_though_they_are_alike() throws XAException {
        enlist(paid());
        enlist(paid());
        commit();

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("POST /paid", "POST /paid");
    }

    @Test
    void one_that_is_gone_or_not_acknowledged_in_its_time_stays_for_a_person() throws XAException {
        service.answers("paid", 410, "");
        Enlisted enlisted = enlist(paid());
        commit();
        adapter.awaitFailedToConfirm();
        assertThat(progress(enlisted)).isEqualTo(Progress.FAILED);

        XidValue second = xid(2);
        BranchXAResource other = adapter.resource();
        other.start(second, XAResource.TMNOFLAGS);
        for (int i = 0; i < 1000; i++) {
            service.answers("late", 503, "");
        }
        Enlisted late = adapter.branches.enlist(
                other.current().orElseThrow(),
                Notification.post(service.at("late"), "{}").givingUpAfter(Duration.ofSeconds(1)));
        other.end(second, XAResource.TMSUCCESS);
        other.commit(second, true);
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (progress(late) != Progress.FAILED && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(progress(late)).isEqualTo(Progress.FAILED);
    }

    @Test
    void one_whose_transaction_was_in_doubt_for_longer_than_its_time_is_told_once() throws XAException {
        ManualTime time = reopenWithManualTime();
        Enlisted enlisted = enlist(paid().givingUpAfter(Duration.ofSeconds(1)));
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        time.advance(Duration.ofMinutes(5));
        resource.commit(xid, false);

        adapter.awaitEmptyLog();
        assertThat(service.calls()).containsExactly("POST /paid");
        assertThat(progress(enlisted)).isNotEqualTo(Progress.FAILED);
    }

    /** Nobody knows whether it was told before. */
    @Test
    void one_whose_server_was_away_for_longer_than_its_time_is_told_once_more() throws XAException {
        reopenWithManualTime();
        service.answers("paid", 503, "");
        enlist(paid().givingUpAfter(Duration.ofSeconds(1)));
        commit();
        service.awaitCalls(1);
        adapter.close();
        ManualTime later = new ManualTime();
        later.advance(Duration.ofMinutes(5));
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), later);

        adapter.awaitEmptyLog();
        assertThat(service.calls()).hasSize(2);
    }

    private ManualTime reopenWithManualTime() throws XAException {
        ManualTime time = new ManualTime();
        adapter.close();
        adapter = TestAdapter.open(settings(directory, NOBODY, 5000, 0), time);
        resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        return time;
    }

    @Test
    void its_progress_can_be_asked() throws XAException {
        for (int i = 0; i < 1000; i++) {
            service.answers("paid", 503, "");
        }
        Enlisted enlisted = enlist(paid());
        assertThat(progress(enlisted)).isEqualTo(Progress.UNDECIDED);
        commit();
        assertThat(progress(enlisted)).isEqualTo(Progress.CONFIRMING);
        assertThat(adapter.branches.progressOf(enlisted.transaction(), null)).isEqualTo(Progress.CONFIRMING);
        assertThat(progress(new Enlisted(enlisted.transaction(), "none"))).isEqualTo(Progress.UNKNOWN);
        assertThat(progress(new Enlisted("none", "none"))).isEqualTo(Progress.UNKNOWN);
        assertThat(progress(new Enlisted("not an id!", "none"))).isEqualTo(Progress.UNKNOWN);
        restart();
        assertThat(progress(enlisted)).isEqualTo(Progress.CONFIRMING);
    }

    @Test
    void addresses_that_are_not_to_be_called_are_refused_by_name_and_change_nothing() throws XAException {
        for (String bad : List.of("http://example.com/paid", "ftp://127.0.0.1/paid", "/paid")) {
            assertThatThrownBy(() -> enlist(Notification.post(URI.create(bad), "{}")))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith("HFRAR053")
                    .hasMessageContaining("notification")
                    .hasMessageContaining(bad);
        }
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    }

    @Test
    void what_is_too_long_or_cannot_be_a_header_is_refused_with_its_bound() {
        URI address = service.at("paid");
        enlist(Notification.post(address, "x".repeat(TestAdapter.MAX_NOTIFICATION_CHARACTERS)));
        assertRefused(Notification.post(address, "x".repeat(1001)), "body has 1001 characters", "0 to 1000");
        assertRefused(Notification.post(address, "{}").withId(""), "id is ''", "1 to 200");
        assertRefused(Notification.post(address, "{}").withId("a\nb"), "id is", "printable ASCII");
        assertRefused(Notification.post(address, "{}").withId("x".repeat(201)), "201 characters", "1 to 200");
        assertRefused(Notification.post(address, "{}").givingUpAfter(Duration.ofSeconds(-1)), "PT-1S", "without end");
        assertRefused(Notification.post(address, "{}").givingUpAfter(Duration.ofMillis(500)), "PT0.5S", "PT1S");
        assertRefused(
                new Notification("a", address, Notification.Method.PUT, "text/plain\r\nX: y", "", "", Duration.ZERO),
                "content type",
                "printable ASCII");
    }

    private void assertRefused(Notification notification, String... parts) {
        assertThatThrownBy(() -> enlist(notification))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFRAR080")
                .hasMessageContainingAll(parts);
    }

    @Test
    void a_wrong_or_missing_signature_is_told_from_a_right_one() {
        String right = NotificationSignature.of(SECRET, "n-1", "{}");
        byte[] other = "another secret of 32".getBytes(StandardCharsets.UTF_8);
        NotificationSignature.check(SECRET, right, "n-1", "{}");
        assertThatThrownBy(() -> NotificationSignature.check(SECRET, right, "n-2", "{}"))
                .hasMessageStartingWith("HFAPI002")
                .hasMessageContaining("wrong");
        assertThatThrownBy(() -> NotificationSignature.check(SECRET, right, "n-1", "{ }"))
                .hasMessageStartingWith("HFAPI002");
        assertThatThrownBy(() -> NotificationSignature.check(other, right, "n-1", "{}"))
                .hasMessageStartingWith("HFAPI002");
        assertThatThrownBy(() -> NotificationSignature.check(SECRET, null, "n-1", "{}"))
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> NotificationSignature.of(new byte[15], "n-1", "{}"))
                .hasMessageStartingWith("HFAPI001");
    }

    @Test
    void an_enlisted_participant_has_one_text() {
        Enlisted enlisted = enlist(paid());
        assertThat(Enlisted.parse(enlisted.text())).isEqualTo(enlisted);
        for (String bad : List.of("", "a", "a:", ":a", "a:b:c")) {
            assertThatThrownBy(() -> Enlisted.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
