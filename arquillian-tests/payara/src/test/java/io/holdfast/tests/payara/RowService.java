package io.holdfast.tests.payara;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** One JTA transaction with a row in an XA database and an LRA that a participant outside the server joins. */
@Stateless
public class RowService {
    @Resource(lookup = "jdbc/bank")
    private DataSource rows;

    @Resource(lookup = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private EJBContext context;

    /** Inserts the row, has the participant join the LRA, and commits, or rolls back when told so. */
    public String insert(String id, URI participant, boolean commits) {
        try (Connection database = rows.getConnection();
                PreparedStatement insert = database.prepareStatement("insert into row_(id) values (?)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException(e);
        }
        URI lra;
        try (HoldfastConnection connection = holdfast.getConnection()) {
            lra = connection.lra();
        }
        call(participant, lra);
        if (!commits) {
            context.setRollbackOnly();
        }
        return lra.toString();
    }

    public boolean exists(String id) {
        try (Connection database = rows.getConnection();
                PreparedStatement query = database.prepareStatement("select 1 from row_ where id = ?")) {
            query.setString(1, id);
            try (ResultSet result = query.executeQuery()) {
                return result.next();
            }
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    private static void call(URI participant, URI lra) {
        HttpRequest request = HttpRequest.newBuilder(participant)
                .timeout(Duration.ofSeconds(20))
                .header(HoldfastConnection.LRA_HEADER, lra.toString())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new EJBException(participant + " answered " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new EJBException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EJBException(e);
        }
    }
}
