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
    private static final System.Logger LOG = System.getLogger("io.holdfast.coordinator");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        serve(request, response, CoordinatorDeployment.in(getServletContext()));
    }

    static void serve(HttpServletRequest request, HttpServletResponse response, RunningCoordinator coordinator)
            throws IOException {
        Answer answer = new Answer(response, new Header("Cache-Control", "no-store"));
        Optional<String> role = coordinator.operatorsRole();
        if (role.isEmpty()) {
            answer.write(Reply.text(
                    404, "The operations are off; they are on when " + Configuration.OPERATORS_ROLE + " names a role"));
        } else if (isAuthenticated(request, response, answer)) {
            if (request.isUserInRole(role.get())) {
                Requests.serve(request, coordinator, Routes.OPERATIONS, answer);
            } else {
                answer.write(Reply.text(403, refusal(request.getUserPrincipal(), role.get())));
            }
        }
    }

    /** False when it has been answered, and asked for who it is. */
    private static boolean isAuthenticated(HttpServletRequest request, HttpServletResponse response, Answer answer)
            throws IOException {
        try {
            return request.authenticate(response);
        } catch (ServletException leftToUs) {
            // WildFly asks by itself only where a constraint of web.xml demands it.
            LOG.log(System.Logger.Level.DEBUG, "The server has not authenticated the operator", leftToUs);
            answer.write(Reply.text(401, "Say who you are: the operations are for " + Configuration.OPERATORS_ROLE)
                    .with("WWW-Authenticate", "Basic realm=\"Holdfast operations\", charset=\"UTF-8\""));
            return false;
        }
    }

    private static String refusal(Principal user, String role) {
        return "The user '" + Bounds.shown(user.getName()) + "' does not have the role '" + role + "' ("
                + Configuration.OPERATORS_ROLE + ")";
    }
}
