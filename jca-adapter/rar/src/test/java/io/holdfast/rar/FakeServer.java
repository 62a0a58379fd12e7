package io.holdfast.rar;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a server gives an adapter at its start: some threads and a view on the caller's transaction. */
final class FakeServer implements BootstrapContext, WorkManager, TransactionSynchronizationRegistry {
    final List<Work> works = new CopyOnWriteArrayList<>();
    private final int threads;
    volatile boolean rejectsScheduled;
    volatile int transactionStatus = Status.STATUS_NO_TRANSACTION;
    volatile @Nullable Object transactionKey;

    /** @param threads how many works it takes before it rejects more */
    FakeServer(int threads) {
        this.threads = threads;
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        return this;
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return false;
    }

    @Override
    public @Nullable XATerminator getXATerminator() {
        return null;
    }

    @Override
    public Timer createTimer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(
            Work work, long startTimeout, @Nullable ExecutionContext context, @Nullable WorkListener listener)
            throws WorkException {
        if (works.size() >= threads) {
            throw new WorkRejectedException("No thread left");
        }
        works.add(work);
        Thread thread = new Thread(work, "server-thread");
        thread.setDaemon(true);
        thread.start();
        return 0;
    }

    @Override
    public long startWork(Work work) throws WorkException {
        return startWork(work, INDEFINITE, null, null);
    }

    @Override
    public void doWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(
            Work work, long startTimeout, @Nullable ExecutionContext context, @Nullable WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(
            Work work, long startTimeout, @Nullable ExecutionContext context, @Nullable WorkListener listener) {
        if (rejectsScheduled) {
            Thread rejection = new Thread(() -> {
                if (listener != null) {
                    listener.workRejected(new WorkEvent(
                            this, WorkEvent.WORK_REJECTED, work, new WorkRejectedException("No thread left")));
                }
            });
            rejection.start();
        } else {
            new Thread(work, "server-thread").start();
        }
    }

    @Override
    public int getTransactionStatus() {
        return transactionStatus;
    }

    @Override
    public @Nullable Object getTransactionKey() {
        return transactionKey;
    }

    @Override
    public void putResource(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRollbackOnly() {
        return transactionStatus == Status.STATUS_MARKED_ROLLBACK;
    }
}
