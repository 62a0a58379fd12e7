package io.holdfast.benchmarks.tcctransaction;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.mengyun.tcctransaction.properties.store.JdbcStoreProperties;
import org.mengyun.tcctransaction.properties.store.StoreProperties;
import org.mengyun.tcctransaction.repository.StorageMode;
import org.mengyun.tcctransaction.storage.StorageType;

/** Where tcc-transaction keeps its transactions. */
final class Stores {
    /** The columns that its statements name; it ships a definition for MySQL only. */
    private static final String[] TABLES = {"""
        create table TCC_TRANSACTION (
            TRANSACTION_ID bigint generated always as identity primary key,
            DOMAIN varchar(100), ROOT_DOMAIN varchar(100), ROOT_XID varchar(64) not null, XID varchar(64) not null unique,
            CONTENT varbinary(8000), STATUS int, TRANSACTION_TYPE int, RETRIED_COUNT int, ID bigint, REQUEST_ID int,
            IS_DELETE tinyint default 0 not null, CREATE_TIME timestamp, LAST_UPDATE_TIME timestamp, VERSION int)""", """
        create table TCC_DOMAIN (
            ID bigint generated always as identity primary key,
            DOMAIN varchar(100) not null unique, MAX_RETRY_COUNT int default 3,
            MAX_RECOVERY_REQUEST_PER_SECOND int default 100, PHONE_NUMBERS varchar(250), ALERT_TYPE varchar(10),
            THRESHOLD int default 0, REACH_LIMIT_THRESHOLD int default 0, INTERVAL_MINUTES int default 0,
            LAST_ALERT_TIME timestamp, DING_ROBOT_URL varchar(250), CREATE_TIME timestamp, LAST_UPDATE_TIME timestamp,
            VERSION int)"""};

    private Stores() {}

    static StoreProperties of(StorageType type, Path directory) throws SQLException {
        StoreProperties store = new StoreProperties();
        store.setStorageType(type);
        store.setStorageMode(StorageMode.ALONE);
        store.setDomain("BENCH");
        store.setLocation(directory.toString());
        if (type == StorageType.JDBC) {
            store.setJdbc(h2(directory));
        }
        return store;
    }

    private static JdbcStoreProperties h2(Path directory) throws SQLException {
        String url = "jdbc:h2:file:" + directory.resolve("tcc") + ";WRITE_DELAY=0";
        try (Connection connection = DriverManager.getConnection(url, "sa", "sa");
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        JdbcStoreProperties jdbc = new JdbcStoreProperties();
        jdbc.setDriverClass("org.h2.Driver");
        jdbc.setJdbcUrl(url);
        jdbc.setUsername("sa");
        jdbc.setPassword("sa");
        return jdbc;
    }
}
