package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** In the transaction of a timer, which the container calls again when it was rolled back. */
@Stateless
public class Later {
    @Resource
    private TimerService timers;

    @Resource
    private SessionContext context;

    @Inject
    private Entry entry;

    public void run(Errand errand) {
        timers.createSingleActionTimer(0, new TimerConfig(errand.text(), false));
    }

    @Timeout
    public void run(Timer timer) {
        Errand errand = Errand.of((String) timer.getInfo());
        entry.write(errand);
        if (errand.wish() == Wish.ROLLBACK) {
            context.setRollbackOnly();
        }
    }
}
