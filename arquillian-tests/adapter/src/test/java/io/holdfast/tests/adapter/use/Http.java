package io.holdfast.tests.adapter.use;

import jakarta.ejb.EJBException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Requests to which no filter adds anything. */
public final class Http {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private Http() {}

    /** @return the body of an answer 200 */
    static String send(String method, URI to, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to).timeout(ANSWER).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new EJBException(to + " answered " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new EJBException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EJBException(e);
        }
    }
}
