package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.xid;

import io.holdfast.api.Notification;
import java.net.URI;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * Somebody else whose write hangs with the disk. Whoever comes later waits for it, with a patience that ends; the one that writes has none.
 */
final class HangingWrite implements AutoCloseable {
    private final TestAdapter adapter;
    private final FaultyDisk.Switch fault;
    private final XidValue xid = xid(99);
    private final Thread writer;

    HangingWrite(TestAdapter adapter, FaultyDisk.Switch fault) throws XAException, InterruptedException {
        this.adapter = adapter;
        this.fault = fault;
        BranchXAResource resource = adapter.resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        Branch branch = resource.current().orElseThrow();
        writer = new Thread(
                () -> adapter.branches.enlist(branch, Notification.post(URI.create("http://127.0.0.1:1/"), "{}")));
        fault.hangFromNowOn();
        writer.start();
        fault.awaitHanging();
    }

    /** The disk works again, and nothing is left of the other. */
    @Override
    public void close() throws XAException {
        fault.release();
        try {
            writer.join();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
        adapter.resource().rollback(xid);
    }
}
