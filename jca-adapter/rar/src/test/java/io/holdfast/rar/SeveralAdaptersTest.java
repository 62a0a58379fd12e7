package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two adapters in one server, or two servers, whose transaction managers may use the same node identifier and so the same Xids. */
class SeveralAdaptersTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final XidValue xid = xid(1);
    private TestAdapter first;
    private TestAdapter second;

    @BeforeEach
    void open(@TempDir Path directory) {
        first = TestAdapter.open(settings(directory.resolve("first"), coordinator));
        second = TestAdapter.open(settings(directory.resolve("second"), coordinator));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        coordinator.close();
    }

    @Test
    void each_has_a_node_id_of_its_own_and_is_a_resource_manager_of_its_own() {
        assertThat(first.branches.nodeId()).isNotEqualTo(second.branches.nodeId());
        assertThat(first.resource().isSameRM(second.resource())).isFalse();
        assertThat(first.resource().isSameRM(first.resource())).isTrue();
    }

    @Test
    void each_has_its_own_branch_of_one_transaction_and_its_own_lra() throws XAException {
        URI ofFirst = first.prepared(xid);
        URI ofSecond = second.prepared(xid);
        assertThat(ofFirst).isNotEqualTo(ofSecond);

        first.resource().commit(xid, false);
        second.resource().rollback(xid);

        coordinator.awaitStatus(ofFirst, "Closed");
        coordinator.awaitStatus(ofSecond, "Cancelled");
    }

    @Test
    void neither_recovers_nor_knows_a_branch_of_the_other() throws XAException {
        first.prepared(xid);

        assertThat(second.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        assertFailsWith(XAException.XAER_NOTA, () -> second.resource().rollback(xid));
        assertThat(first.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid);
    }
}
