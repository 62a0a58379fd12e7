package io.holdfast.lra.web;

import io.holdfast.lra.rest.UnansweredRequest;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes the LRA off a thread that is done with a request, whoever answers it later, and ends the LRAs of requests that nobody will answer
 * any more. Thread-safe.
 */
public final class RequestEndFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            ThreadContext.enter(Optional.empty());
            if (isOver(request)) {
                UnansweredRequest.end(request);
            }
        }
    }

    /** An asynchronous one is answered by whoever resumes it, and may have been: some servers do not let it be looked at then. */
    private static boolean isOver(ServletRequest request) {
        try {
            return !request.isAsyncStarted();
        } catch (IllegalStateException answeredAndRecycled) {
            return false;
        }
    }
}
