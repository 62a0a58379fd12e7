package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** Orders by a timer. */
@Stateless
public class LateCaller {
    @Resource
    private TimerService timers;

    @Inject
    private Shop shop;

    public void orderSoon(String key) {
        timers.createSingleActionTimer(10, new TimerConfig(key, false));
    }

    @Timeout
    void order(Timer timer) {
        shop.order(Order.of((String) timer.getInfo(), Order.Ending.COMMIT));
    }
}
