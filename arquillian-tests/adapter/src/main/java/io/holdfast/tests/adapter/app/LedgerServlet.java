package io.holdfast.tests.adapter.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Lets the test write, look, and open or close the local participant. */
@WebServlet(urlPatterns = "/entries", loadOnStartup = 1)
public class LedgerServlet extends HttpServlet {
    @Inject
    private transient Ledger ledger;

    @Inject
    private transient Books books;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        try {
            ledger.write(
                    request.getParameter("key"),
                    URI.create(request.getParameter("services")),
                    Wish.valueOf(request.getParameter("wish")));
            response.getWriter().print("done");
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            response.getWriter().print(e + " <- " + cause);
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) {
        Dispatcher.close(request.getParameter("participant").equals("closed"));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(String.join("\n", books.read(request.getParameter("key"))));
    }
}
