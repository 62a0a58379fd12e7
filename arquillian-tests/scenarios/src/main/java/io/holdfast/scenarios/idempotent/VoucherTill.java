package io.holdfast.scenarios.idempotent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Weld makes a subclass of it. */
@ApplicationScoped
@Transactional
public class VoucherTill extends Till {
    @Override
    protected String kind() {
        return "Voucher";
    }
}
