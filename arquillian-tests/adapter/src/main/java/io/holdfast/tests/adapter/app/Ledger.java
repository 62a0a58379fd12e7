package io.holdfast.tests.adapter.app;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** One JTA transaction: a row in an XA database, a local participant, a service, and an LRA that the service joins. */
@Stateless
public class Ledger {
    @Resource(lookup = "java:comp/env/jdbc/entries")
    private DataSource entries;

    /** Gives the adapter: a field for it would keep Payara from deploying an EAR with both, see docs/servers.md. */
    @Resource
    private SessionContext context;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    /** @param services where {@code /service/confirm}, {@code /service/cancel} and {@code /join} are */
    public void write(String key, URI services, Wish wish) {
        insert(key);
        HoldfastConnectionFactory holdfast = (HoldfastConnectionFactory) context.lookup("eis/holdfast");
        try (HoldfastConnection connection = holdfast.getConnection()) {
            connection.enlist(new LocalParticipant(Dispatcher.NAME, "ledger", "write", "", key));
            connection.enlist(new HttpParticipant(
                    services.resolve("/service/confirm?key=" + key),
                    services.resolve("/service/cancel?key=" + key),
                    null));
            join(services.resolve("/join?key=" + key), connection.lra());
        }
        if (wish == Wish.ROLLBACK) {
            transaction.setRollbackOnly();
        }
    }

    private void insert(String key) {
        try (Connection database = entries.getConnection();
                PreparedStatement insert = database.prepareStatement("insert into entry(key_) values (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    private static void join(URI service, URI lra) {
        HttpRequest request = HttpRequest.newBuilder(service)
                .timeout(Duration.ofSeconds(20))
                .header(HoldfastConnection.LRA_HEADER, lra.toString())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new EJBException(service + " answered " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new EJBException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EJBException(e);
        }
    }
}
