package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Lets the test use the adapters, and look for the row. */
@WebServlet("/use")
public class UseServlet extends HttpServlet {
    @Inject
    private transient Use use;

    @Inject
    private transient Rows rows;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        try {
            use.use(
                    request.getParameter("key"),
                    URI.create(request.getParameter("services")),
                    Wish.valueOf(request.getParameter("wish")));
            response.getWriter().print("done");
        } catch (RuntimeException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            response.getWriter().print(Causes.of(e));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(rows.hold(request.getParameter("key")) ? "row" : "no row");
    }
}
