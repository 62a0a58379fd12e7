package io.holdfast.coordinator;

import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.ConfigurationException;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.log.LogUnavailableException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens the coordinator when the application is deployed, and closes it when it is undeployed or the server stops.
 *
 * <p>It has an executor of its own: the stock LRA client blocks threads of the server's default one until the coordinator answers, so
 * that a coordinator which needed one of those would be waited for by the very threads it waits for.
 */
@WebListener
@ManagedExecutorDefinition(name = CoordinatorDeployment.EXECUTOR, maxAsync = CoordinatorDeployment.THREADS)
public final class CoordinatorDeployment implements ServletContextListener {
    private static final String RUNNING = RunningCoordinator.class.getName();
    private static final String LOG_DIRECTORY = RUNNING + ".logDirectory";

    static final String EXECUTOR = "java:module/concurrent/holdfast-coordinator";
    static final int THREADS = 8;

    @Resource(lookup = EXECUTOR)
    private @Nullable ManagedExecutorService executor;

    /** The coordinator of this application. */
    public static RunningCoordinator in(ServletContext context) {
        return (RunningCoordinator) Objects.requireNonNull(
                context.getAttribute(RUNNING), "The coordinator of this application has been stopped");
    }

    /** A configuration that is wrong or a log that cannot be opened stops the deployment. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        try {
            Configuration configuration = Configuration.read(PropertySource.ofServer(context::getInitParameter));
            RunningCoordinator running = RunningCoordinator.open(
                    configuration, Objects.requireNonNull(executor, "The server has injected no executor"));
            context.setAttribute(RUNNING, running);
            context.setAttribute(LOG_DIRECTORY, configuration.logDirectory());
            CoordinatorMessage.STARTED.log(
                    running.nodeId(), configuration.logDirectory(), configuration.callbackHosts());
            if (configuration.baseUrl().isEmpty()) {
                CoordinatorMessage.BASE_URL_FROM_REQUEST.log(configuration.hosts());
            }
        } catch (ConfigurationException | LogUnavailableException wrong) {
            String cause = String.valueOf(wrong.getMessage());
            CoordinatorMessage.NOT_STARTED.log(cause);
            throw new IllegalStateException(CoordinatorMessage.NOT_STARTED.line(cause), wrong);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(RUNNING) != null) {
            in(context).close();
            context.removeAttribute(RUNNING);
            CoordinatorMessage.STOPPED.log(context.getAttribute(LOG_DIRECTORY));
        }
    }
}
