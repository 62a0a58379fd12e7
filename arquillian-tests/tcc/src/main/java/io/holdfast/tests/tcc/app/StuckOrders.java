package io.holdfast.tests.tcc.app;

import io.holdfast.api.BranchEntry;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastOperations;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** What the shop's operators do about what does not end by itself. Everybody may call it; it is the adapter that refuses. */
@Stateless
@DeclareRoles("holdfast-operator")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StuckOrders {
    @Resource(lookup = "java:comp/env/eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private SessionContext caller;

    public List<BranchEntry> waiting() {
        return operations().undelivered();
    }

    public void paidByHand(String branch, String participant, String voucher) {
        operations().resolveParticipant(branch, participant, "paid by hand, voucher " + voucher);
    }

    public void giveUp(String branch, String participant, String reason) {
        operations().forceParticipant(branch, participant, reason);
    }

    public void seen(String branch, String reason) {
        operations().resolve(branch, reason);
    }

    private HoldfastOperations operations() {
        return holdfast.operations(caller.getCallerPrincipal().getName(), caller::isCallerInRole);
    }
}
