package io.holdfast.tests.tcc.app;

import io.holdfast.api.BranchEntry;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HoldfastOperations;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of the shop's operators. Whoever has a name comes in; what the adapter says to that is the answer. Not to be copied: a POST with plain
 * parameters can be sent by any page of any site that an operator has open, with the operator's rights. A real one asks for a token of its
 * session, or for what a form of another site cannot send, such as JSON with its content type.
 */
@WebServlet("/stuck")
@ServletSecurity(@HttpConstraint(rolesAllowed = "**"))
public class StuckServlet extends HttpServlet {
    @Resource(lookup = "java:comp/env/eis/holdfast")
    private transient HoldfastConnectionFactory holdfast;

    @Inject
    private transient StuckOrders stuck;

    /** A line for each participant of what waits or has failed. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(listed(request));
    }

    private static Stream<String> lines(BranchEntry branch) {
        return branch.participants().stream()
                .map(each -> String.join(
                        " ",
                        branch.xid(),
                        branch.state().name(),
                        each.id(),
                        each.state().name(),
                        each.address()));
    }

    private String listed(HttpServletRequest request) {
        try {
            HoldfastOperations operations = holdfast.operations(request.getRemoteUser(), request::isUserInRole);
            return Stream.of(operations.undelivered(), operations.heuristic())
                    .flatMap(branches -> branches.stream().flatMap(StuckServlet::lines))
                    .collect(Collectors.joining("\n"));
        } catch (HoldfastException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(done(request));
    }

    private String done(HttpServletRequest request) {
        String branch = request.getParameter("branch");
        String participant = request.getParameter("participant");
        String said = request.getParameter("said");
        try {
            switch (request.getParameter("do")) {
                case "paid" -> stuck.paidByHand(branch, participant, said);
                case "give-up" -> stuck.giveUp(branch, participant, said);
                case "seen" -> stuck.seen(branch, said);
                default -> {
                    return stuck.waiting().size() + " waiting";
                }
            }
            return "done";
        } catch (EJBException refused) {
            return String.valueOf(refused.getCause());
        }
    }
}
