package io.holdfast.engine;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.log.LogDamagedException;
import io.holdfast.engine.log.TransactionLog;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rebuilds the cells from the log. */
final class Restoration implements TransactionLog.Replay {
    private final Cells cells;
    private final Set<TransactionId> orphans = new LinkedHashSet<>();

    Restoration(Cells cells) {
        this.cells = cells;
    }

    @Override
    public void snapshot(Snapshot snapshot) {
        cells.restore(snapshot.transaction(), snapshot.sequence());
    }

    @Override
    public void events(long sequence, TransactionId id, List<Event> events) {
        Cell cell = cells.find(id).orElse(null);
        if (cell != null && sequence <= cell.sequence()) {
            return;
        }
        boolean forgotten = events.stream().anyMatch(Event.Forgotten.class::isInstance);
        if (cell == null && !(events.get(0) instanceof Event.Started)) {
            rememberOrphan(id, forgotten);
            return;
        }
        Transaction tx = Cell.applied(cell == null ? null : cell.state(), events);
        cells.restore(tx, sequence);
        if (forgotten) {
            cells.find(id).ifPresent(Cell::remove);
        }
    }

    /** A transaction that was forgotten while a checkpoint was written has events behind it, the last of which says so. */
    private void rememberOrphan(TransactionId id, boolean forgotten) {
        if (forgotten) {
            orphans.remove(id);
        } else {
            orphans.add(id);
        }
    }

    /** A transaction that has events but no start, so that the log is not whole. */
    Optional<TransactionId> orphan() {
        return orphans.stream().findFirst();
    }

    static LogDamagedException inconsistent(Disk disk, TransactionId orphan) {
        return new LogDamagedException(EngineMessage.LOG_INCONSISTENT.text(disk.describe(), orphan));
    }
}
