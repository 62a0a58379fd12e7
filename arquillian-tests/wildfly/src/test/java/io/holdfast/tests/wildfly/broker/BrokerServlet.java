package io.holdfast.tests.wildfly.broker;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** PUT /start, PUT /stop: answers when it is done. */
@WebServlet(urlPatterns = {"/start", "/stop"})
public class BrokerServlet extends HttpServlet {
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            Object broker = ServerServices.broker();
            broker.getClass().getMethod(request.getServletPath().substring(1)).invoke(broker);
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
