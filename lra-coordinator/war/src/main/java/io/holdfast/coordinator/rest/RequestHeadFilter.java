package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.input.RequestHead;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Refuses requests that JAX-RS cannot read, before it does: RESTEasy answers some of them 500, and writes a warning or an error into the
 * server's log for each, so that anybody could fill it.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class RequestHeadFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            check(request);
        } catch (InvalidInputException wrong) {
            response.setStatus(400);
            response.setHeader(Headers.API_VERSION, ApiVersionFilter.version(request.getHeader(Headers.API_VERSION)));
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(String.valueOf(wrong.getMessage()));
            return;
        }
        chain.doFilter(request, response);
    }

    private static void check(HttpServletRequest request) {
        RequestHead.checkEncoding(request.getRequestURI());
        String query = request.getQueryString();
        if (query != null) {
            RequestHead.checkEncoding(query);
        }
        Collections.list(request.getHeaders("Content-Type")).forEach(RequestHead::checkContentType);
        Collections.list(request.getHeaders("Accept")).forEach(RequestHead::checkAccept);
    }
}
