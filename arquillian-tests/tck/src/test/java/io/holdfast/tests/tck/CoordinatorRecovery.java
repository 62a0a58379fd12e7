package io.holdfast.tests.tck;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.lra.tck.service.spi.LRACallbackException;
import org.eclipse.microprofile.lra.tck.service.spi.LRARecoveryService;

/** How the TCK waits for the coordinator; runs in the tests' archives and beside them. Thread-safe. */
public final class CoordinatorRecovery implements LRARecoveryService {
    private static final long CALLBACKS_SECONDS = 1;
    private static final int MAX_PASSES = 10;

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public void waitForCallbacks(URI lraId) throws LRACallbackException {
        pause(CALLBACKS_SECONDS);
    }

    /** Asks for recovery passes until the LRA no longer waits for a participant. */
    @Override
    public boolean waitForEndPhaseReplay(URI lraId) {
        try {
            for (int pass = 0; pass < MAX_PASSES; pass++) {
                if (!isRecovering(lraId)) {
                    return true;
                }
                pause(1);
            }
            return false;
        } catch (IOException | LRACallbackException e) {
            throw new IllegalStateException("no recovery of " + lraId, e);
        }
    }

    private boolean isRecovering(URI lraId) throws IOException, LRACallbackException {
        String id = lraId.toString();
        int query = id.indexOf('?');
        String address = query < 0 ? id : id.substring(0, query);
        URI recovery = URI.create(address.substring(0, address.lastIndexOf('/')) + "/recovery");
        try {
            return http.send(HttpRequest.newBuilder(recovery).build(), BodyHandlers.ofString())
                    .body()
                    .contains(address.substring(address.lastIndexOf('/')));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause(long seconds) throws LRACallbackException {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static LRACallbackException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LRACallbackException("interrupted", e);
    }
}
