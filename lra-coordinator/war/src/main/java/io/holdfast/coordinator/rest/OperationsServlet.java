package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.CoordinatorDeployment;
import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.rest.Reply.Header;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;

/**
 * What operators do, below {@code /lra-coordinator/operations}: beside the contract, which has nothing there. Nobody comes in until a
 * role is configured, and then who the server has authenticated and who has that role; see
 * docs/decisions/0015-operations-beside-the-contract.md.
 */
@WebServlet(urlPatterns = "/operations/*", asyncSupported = true)
public final class OperationsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        serve(request, response, CoordinatorDeployment.in(getServletContext()));
    }

    static void serve(HttpServletRequest request, HttpServletResponse response, RunningCoordinator coordinator)
            throws ServletException, IOException {
        Answer answer = new Answer(response, new Header("Cache-Control", "no-store"));
        Optional<String> role = coordinator.operatorsRole();
        if (role.isEmpty()) {
            answer.write(Reply.text(
                    404, "The operations are off; they are on when " + Configuration.OPERATORS_ROLE + " names a role"));
        } else if (request.authenticate(response)) {
            if (request.isUserInRole(role.get())) {
                Requests.serve(request, coordinator, Routes.OPERATIONS, answer);
            } else {
                answer.write(Reply.text(403, refusal(request.getUserPrincipal(), role.get())));
            }
        }
        // Else the server has answered, and asked for who it is.
    }

    private static String refusal(Principal user, String role) {
        return "The user '" + Bounds.shown(user.getName()) + "' does not have the role '" + role + "' ("
                + Configuration.OPERATORS_ROLE + ")";
    }
}
