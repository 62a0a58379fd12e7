package io.holdfast.scenarios.idempotent;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The business changes: a row for each, in the caller's transaction. */
@Stateless
public class Effects {
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource database;

    public void add(String what) {
        update("insert into effect (what) values (?)", what);
    }

    public int count(String what) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select count(*) from effect where what = ?")) {
            query.setString(1, what);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }

    public void addParcel(long id) {
        update("insert into parcel (id, state) values (?, 'PACKED')", id);
    }

    public void deliverParcel(long id) {
        update("update parcel set state = 'DELIVERED' where id = ?", id);
    }

    private void update(String sql, Object value) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }
}
