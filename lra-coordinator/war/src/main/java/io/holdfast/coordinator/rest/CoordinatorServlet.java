package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.CoordinatorDeployment;
import io.holdfast.coordinator.rest.Reply.Header;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The REST contract below {@code /lra-coordinator/lra-coordinator}, where clients look by default. A servlet and not JAX-RS, see
 * docs/decisions/0008-a-servlet.md.
 */
@WebServlet(urlPatterns = "/lra-coordinator/*", asyncSupported = true)
public final class CoordinatorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        String version = ApiVersion.of(request.getHeader(Headers.API_VERSION));
        Requests.serve(
                request,
                CoordinatorDeployment.in(getServletContext()),
                Routes.CONTRACT,
                new Answer(response, new Header(Headers.API_VERSION, version)));
    }
}
