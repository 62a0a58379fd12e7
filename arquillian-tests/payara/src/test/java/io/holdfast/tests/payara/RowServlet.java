package io.holdfast.tests.payara;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Lets the test call {@link RowService} over HTTP. */
@WebServlet(urlPatterns = "/rows", loadOnStartup = 1)
public class RowServlet extends HttpServlet {
    @Resource(lookup = "jdbc/bank")
    private transient DataSource rows;

    @EJB
    private transient RowService service;

    @Override
    public void init() throws ServletException {
        try (Connection database = rows.getConnection();
                Statement statement = database.createStatement()) {
            statement.execute("create table if not exists row_(id varchar(100) primary key)");
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String lra = service.insert(
                request.getParameter("id"),
                URI.create(request.getParameter("participant")),
                Boolean.parseBoolean(request.getParameter("commits")));
        response.setContentType("text/plain");
        response.getWriter().print(lra);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(service.exists(request.getParameter("id")));
    }
}
