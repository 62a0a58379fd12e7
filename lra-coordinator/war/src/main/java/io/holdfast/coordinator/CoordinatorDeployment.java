package io.holdfast.coordinator;

import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.ConfigurationException;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.engine.log.LogUnavailableException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.ManagedThreadFactoryDefinition;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens the coordinator when the application is deployed, and closes it when it is undeployed or the server stops.
 *
 * <p>It has threads of its own: the stock LRA client blocks those of the server's default executor until the coordinator answers, so
 * that a coordinator which needed one of them would be waited for by the very threads it waits for. They come from the server's thread
 * factory, which gives a thread its context once; a managed executor would give it to each of the many small tasks.
 */
@WebListener
@ManagedThreadFactoryDefinition(name = CoordinatorDeployment.THREAD_FACTORY)
public final class CoordinatorDeployment implements ServletContextListener {
    private static final String RUNNING = RunningCoordinator.class.getName();
    private static final String LOG_DIRECTORY = RUNNING + ".logDirectory";

    private static final String THREADS = RUNNING + ".threads";
    private static final int MAX_THREADS = 8;
    private static final long IDLE_SECONDS = 60;

    static final String THREAD_FACTORY = "java:module/concurrent/holdfast-coordinator";

    @Resource(lookup = THREAD_FACTORY)
    private @Nullable ManagedThreadFactory threadFactory;

    /** The coordinator of this application. */
    public static RunningCoordinator in(ServletContext context) {
        return (RunningCoordinator) Objects.requireNonNull(
                context.getAttribute(RUNNING), "The coordinator of this application has been stopped");
    }

    /** A configuration that is wrong or a log that cannot be opened stops the deployment. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ExecutorService threads = newThreads();
        try {
            Configuration configuration = Configuration.read(PropertySource.ofServer(context::getInitParameter));
            RunningCoordinator running = RunningCoordinator.open(configuration, threads);
            context.setAttribute(RUNNING, running);
            context.setAttribute(THREADS, threads);
            context.setAttribute(LOG_DIRECTORY, configuration.logDirectory());
            CoordinatorMessage.STARTED.log(
                    running.nodeId(), configuration.logDirectory(), configuration.callbackHosts());
            if (configuration.baseUrl().isEmpty()) {
                CoordinatorMessage.BASE_URL_FROM_REQUEST.log(configuration.hosts());
            }
        } catch (ConfigurationException | LogUnavailableException wrong) {
            threads.shutdown();
            String cause = String.valueOf(wrong.getMessage());
            CoordinatorMessage.NOT_STARTED.log(cause);
            throw new IllegalStateException(CoordinatorMessage.NOT_STARTED.line(cause), wrong);
        }
    }

    private ExecutorService newThreads() {
        var threads = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Objects.requireNonNull(threadFactory, "The server has injected no thread factory"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(RUNNING) != null) {
            in(context).close();
            ((ExecutorService) context.getAttribute(THREADS)).shutdown();
            context.removeAttribute(RUNNING);
            CoordinatorMessage.STOPPED.log(context.getAttribute(LOG_DIRECTORY));
        }
    }
}
