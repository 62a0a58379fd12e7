package io.holdfast.benchmarks.tccfence;

import io.holdfast.benchmarks.load.Round;
import io.holdfast.benchmarks.load.Workers;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Goes through a round of pairs of a try and its confirm when it is asked to, and answers with its figures. */
@WebServlet(urlPatterns = "/pairs", loadOnStartup = 1)
public class PairServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @Inject
    private transient Payments payments;

    @Inject
    private transient Book book;

    @Inject
    private transient FencedOnPostgres fencedOnPostgres;

    @Inject
    private transient BareOnPostgres bareOnPostgres;

    @Inject
    private transient FencedOnH2 fencedOnH2;

    @Inject
    private transient BareOnH2 bareOnH2;

    @Resource
    private transient ManagedThreadFactory threads;

    @Override
    public void init() throws ServletException {
        try {
            book.create();
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Side side = side(request.getParameter("database"), Boolean.parseBoolean(request.getParameter("fenced")));
        int count = Integer.parseInt(request.getParameter("threads"));
        Duration time = Duration.ofMillis(Long.parseLong(request.getParameter("millis")));
        response.setContentType("text/plain");
        try {
            response.getWriter().print(run(side, count, time).figures());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException(e);
        }
    }

    private Side side(String database, boolean fenced) {
        if (database.equals("postgres")) {
            return fenced ? fencedOnPostgres : bareOnPostgres;
        }
        return fenced ? fencedOnH2 : bareOnH2;
    }

    /** It has ended when all is confirmed. */
    private Round run(Side side, int count, Duration time) throws InterruptedException {
        Duration cpu = Round.cpuNow();
        long begin = System.nanoTime();
        Round callers = new Workers(threads, () -> () -> payments.pay(side)).run(count, time);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (book.frozen() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(book.frozen() + " are not confirmed after " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return new Round(
                callers.latencies(),
                Duration.ofNanos(System.nanoTime() - begin),
                Round.cpuNow().minus(cpu));
    }
}
