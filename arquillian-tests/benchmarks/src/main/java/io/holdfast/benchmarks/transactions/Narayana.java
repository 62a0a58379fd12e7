package io.holdfast.benchmarks.transactions;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqJournalEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqObjectStoreAdaptor;
import com.arjuna.ats.internal.arjuna.objectstore.slot.DiskSlots;
import com.arjuna.ats.internal.arjuna.objectstore.slot.SlotStoreAdaptor;
import com.arjuna.ats.internal.arjuna.objectstore.slot.SlotStoreEnvironmentBean;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;

/** The transaction manager of this JVM. */
public final class Narayana {
    private static final int SLOTS = 1_000;

    private Narayana() {}

    /** @param directory for its stores, of which each JVM has one only */
    public static TransactionManager start(Combination combination, Path directory)
            throws CoreEnvironmentBeanException {
        arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("bench");
        for (String store : new String[] {"default", "stateStore", "communicationStore"}) {
            ObjectStoreEnvironmentBean bean = store.equals("default")
                    ? BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class)
                    : BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store);
            bean.setObjectStoreDir(directory.resolve("store").toString());
        }
        ObjectStoreEnvironmentBean store = BeanPopulator.getDefaultInstance(ObjectStoreEnvironmentBean.class);
        if (combination == Combination.DUMMIES_WITH_JOURNAL) {
            HornetqJournalEnvironmentBean journal =
                    BeanPopulator.getDefaultInstance(HornetqJournalEnvironmentBean.class);
            journal.setStoreDir(directory.resolve("journal").toString());
            journal.setAsyncIO(false);
            store.setObjectStoreType(HornetqObjectStoreAdaptor.class.getName());
        } else if (combination == Combination.DUMMIES_WITH_SLOTS) {
            SlotStoreEnvironmentBean slots = BeanPopulator.getDefaultInstance(SlotStoreEnvironmentBean.class);
            slots.setStoreDir(directory.resolve("slots").toString());
            slots.setBackingSlotsClassName(DiskSlots.class.getName());
            slots.setNumberOfSlots(SLOTS);
            store.setObjectStoreType(SlotStoreAdaptor.class.getName());
        }
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }
}
