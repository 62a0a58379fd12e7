package io.holdfast.scenarios.idempotent;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.List;

/** The application of this package. */
@ApplicationPath("api")
public class IdempotentApplication extends Application {
    /** All classes of the deployment. */
    public static List<Class<?>> classes() {
        return List.of(
                IdempotentApplication.class,
                IdempotentResource.class,
                Preparation.class,
                Effects.class,
                Payments.class,
                Parcels.class,
                OrderListener.class,
                Order.class,
                Receipt.class,
                Receipt.Kind.class,
                Receipt.Line.class,
                Failure.class,
                DeclinedException.class,
                Gates.class,
                Till.class,
                CardTill.class,
                CashTill.class,
                VoucherTill.class);
    }
}
