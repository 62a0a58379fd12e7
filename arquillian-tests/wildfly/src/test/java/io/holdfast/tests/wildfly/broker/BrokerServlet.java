package io.holdfast.tests.wildfly.broker;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** PUT /start, PUT /stop: answers when it is done. */
@WebServlet(urlPatterns = {"/start", "/stop"})
public class BrokerServlet extends HttpServlet {
    private static final String START = "/start";

    /** WildFly's, who would stop the applications that use the broker together with it. */
    private final List<Object> listeners = new ArrayList<>();

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            Object broker = ServerServices.broker();
            if (request.getServletPath().equals(START)) {
                start(broker);
            } else {
                stop(broker);
            }
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }

    private void stop(Object broker) throws ReflectiveOperationException {
        for (Object listener : List.copyOf((Collection<?>) call(broker, "getActivateCallbacks"))) {
            if (listener.getClass().getName().startsWith("org.wildfly.")) {
                call(broker, "unregisterActivateCallback", listener);
                listeners.add(listener);
            }
        }
        call(broker, "stop");
    }

    /** With them, since one lets WildFly's own connections in. */
    private void start(Object broker) throws ReflectiveOperationException {
        for (Object listener : listeners) {
            call(broker, "registerActivateCallback", listener);
        }
        listeners.clear();
        call(broker, "start");
    }

    private static Object call(Object broker, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = Stream.of(broker.getClass().getMethods())
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
        return method.invoke(broker, arguments);
    }
}
