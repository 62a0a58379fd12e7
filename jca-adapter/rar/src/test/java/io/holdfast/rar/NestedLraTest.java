package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import java.net.URI;
import java.nio.file.Path;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch whose LRA is nested in one that its caller is in. */
class NestedLraTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final URI parent = URI.create(coordinator.url() + "/parent?ParentLRA=http%3A%2F%2Fh%2Ftop");
    private final XidValue xid = xid(1);
    private Path directory;
    private TestAdapter adapter;

    @BeforeEach
    void open(@TempDir Path given) {
        directory = given;
        adapter = TestAdapter.open(settings(directory, coordinator));
    }

    @AfterEach
    void close() {
        adapter.close();
        coordinator.close();
    }

    private void restart() {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator));
    }

    private BranchXAResource started() throws XAException {
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        return resource;
    }

    private URI prepared() throws XAException {
        BranchXAResource resource = started();
        URI lra = adapter.nestedLra(resource, parent);
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        return lra;
    }

    @Test
    void it_is_started_in_its_parent_and_ends_with_the_branch() throws XAException {
        URI lra = prepared();
        assertThat(coordinator.parents()).containsExactly(parent.toString());
        assertThat(coordinator.isHeld(lra)).isTrue();

        adapter.resource().commit(xid, false);

        coordinator.awaitForgotten(lra);
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        adapter.awaitEmptyLog();
    }

    @Test
    void it_is_the_one_lra_of_the_branch() throws XAException {
        BranchXAResource resource = started();
        URI lra = adapter.nestedLra(resource, parent);

        assertThat(adapter.nestedLra(resource, parent)).isEqualTo(lra);
        assertThat(adapter.lra(resource)).isEqualTo(lra);
        URI another = URI.create(coordinator.url() + "/another");
        assertThatThrownBy(() -> adapter.nestedLra(resource, another))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR091", parent.toString(), another.toString());

        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
    }

    @Test
    void an_lra_that_was_started_at_the_top_level_is_not_nested_later() throws XAException {
        BranchXAResource resource = started();
        adapter.lra(resource);

        assertThatThrownBy(() -> adapter.nestedLra(resource, parent))
                .hasMessageContainingAll("HFRAR091", "top-level", parent.toString());

        assertThat(coordinator.calls("start")).isEqualTo(1);
    }

    @Test
    void a_parent_of_another_coordinator_is_refused_and_the_branch_goes_on() throws XAException {
        BranchXAResource resource = started();
        URI strange = URI.create("http://elsewhere:8080/lra-coordinator/lra-coordinator/1");

        assertThatThrownBy(() -> adapter.nestedLra(resource, strange))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFRAR090", strange.toString(), coordinator.url());

        assertThat(coordinator.calls()).isEmpty();
        assertThat(adapter.nestedLra(resource, parent)).isNotNull();
    }

    @Test
    void an_id_belongs_to_a_coordinator_by_scheme_host_port_and_path() {
        URI own = URI.create("http://localhost/c/c");

        assertThat(ParentLra.checked(URI.create("HTTP://LocalHost:80/c/c/1?ParentLRA=x"), own))
                .isNotNull();
        assertThat(ParentLra.checked(URI.create("http://127.0.0.1/c/c/1"), own)).isNotNull();
        assertRefused("https://localhost/c/c/1", own);
        assertRefused("http://localhost:8080/c/c/1", own);
        assertRefused("http://localhost/c/1", own);
        assertRefused("http://localhost/c/c/1/2", own);
        assertRefused("http://other/c/c/1", own);
        assertRefused("1", own);
        assertRefused("urn:lra:1", own);
    }

    private static void assertRefused(String lra, URI coordinator) {
        assertThatThrownBy(() -> ParentLra.checked(URI.create(lra), coordinator))
                .hasMessageContainingAll("HFRAR090", lra, coordinator.toString());
    }

    @Test
    void a_parent_that_is_cancelled_before_the_prepare_makes_the_vote_a_no() throws XAException {
        BranchXAResource resource = started();
        URI lra = adapter.nestedLra(resource, parent);
        resource.end(xid, XAResource.TMSUCCESS);
        coordinator.end(lra, "Cancelled");

        assertFailsWith(XAException.XA_RBROLLBACK, () -> resource.prepare(xid));
    }

    @Test
    void one_that_was_closed_and_then_cancelled_with_its_parent_was_closed() throws XAException {
        URI lra = prepared();
        coordinator.answer("close", 200, "Closing");
        adapter.resource().commit(xid, false);
        coordinator.awaitCalls("close", 1);

        coordinator.answer("close", 200, "Cancelled");

        coordinator.awaitForgotten(lra);
        adapter.awaitEmptyLog();
        assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertThat(coordinator.calls("status")).isZero();
    }

    @Test
    void one_whose_close_is_refused_was_cancelled_by_somebody_and_stays_with_the_operators() throws XAException {
        prepared();
        coordinator.answer("close", 412, "Cancelled");

        adapter.resource().commit(xid, false);

        adapter.awaitFailedToConfirm();
    }

    @Test
    void a_start_that_was_never_answered_is_repeated_with_the_same_parent_after_a_restart() throws XAException {
        neverAnswered();
        coordinator.behave();
        restart();

        coordinator.awaitAll("Cancelled");
        assertThat(coordinator.lras()).hasSize(1);
        assertThat(coordinator.parents()).containsExactly(parent.toString(), parent.toString());
        adapter.awaitEmptyLog();
    }

    @Test
    void a_start_that_was_never_answered_is_given_up_when_its_parent_has_ended() throws XAException {
        neverAnswered();
        coordinator.behave();
        coordinator.answer("start", 412, "");
        restart();

        adapter.awaitEmptyLog();
        assertThat(coordinator.calls("cancel")).isZero();
    }

    @Test
    void a_start_that_was_never_answered_is_not_given_up_while_the_coordinator_is_absent() throws XAException {
        neverAnswered();
        coordinator.behave();
        coordinator.setAbsent(true);
        restart();
        coordinator.awaitCalls("start", 4);

        coordinator.setAbsent(false);

        coordinator.awaitAll("Cancelled");
    }

    private void neverAnswered() throws XAException {
        adapter.close();
        adapter = TestAdapter.open(settings(directory, coordinator.url(), 300, 0));
        coordinator.silence("start");
        BranchXAResource resource = started();
        assertThatThrownBy(() -> adapter.nestedLra(resource, parent)).isInstanceOf(HoldfastException.class);
    }
}
