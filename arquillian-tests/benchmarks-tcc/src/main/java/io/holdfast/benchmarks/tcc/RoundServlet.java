package io.holdfast.benchmarks.tcc;

import io.holdfast.benchmarks.load.Latencies;
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
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Goes through a round when it is asked to, and answers with its figures. */
@WebServlet("/round")
public class RoundServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Transfers transfers;

    @Inject
    private transient Confirmations confirmations;

    @Resource
    private transient ManagedThreadFactory threads;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        int count = Integer.parseInt(request.getParameter("threads"));
        Duration time = Duration.ofMillis(Long.parseLong(request.getParameter("millis")));
        response.setContentType("text/plain");
        try {
            response.getWriter().print(run(count, time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException(e);
        } catch (TimeoutException e) {
            throw new ServletException(e);
        }
    }

    /** It has ended when all is confirmed, which happens in part after a caller's commit has returned. */
    private String run(int count, Duration time) throws InterruptedException, TimeoutException {
        Duration cpu = Round.cpuNow();
        long begin = System.nanoTime();
        Round callers = new Workers(threads, () -> () -> transfers.transfer(confirmations.begin())).run(count, time);
        Latencies confirmed = confirmations.await();
        Round all = new Round(
                callers.latencies(),
                Duration.ofNanos(System.nanoTime() - begin),
                Round.cpuNow().minus(cpu));
        return all.figures() + " " + Round.figure("confirmed-p99", "ms", confirmed.percentileMillis(99));
    }
}
