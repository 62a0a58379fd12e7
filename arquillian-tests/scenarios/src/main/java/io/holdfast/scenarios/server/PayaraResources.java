package io.holdfast.scenarios.server;

import io.holdfast.scenarios.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an administrator of a running Payara sets up by asadmin for applications of Holdfast. Confined to one thread. */
public final class PayaraResources {
    private static final String ADAPTER_PROPERTY = "resources.resource-adapter-config.holdfast.property.";

    private final PayaraHome payara;

    public PayaraResources(PayaraHome payara) {
        this.payara = payara;
    }

    /**
     * The adapter, with its log beside the domain's other data, and its connection factory as {@code eis/holdfast}.
     *
     * @param properties of the adapter, beside the log's directory and the coordinator's URL, like {@code name=value}
     */
    public void deployAdapter(Path rar, String... properties) {
        deployAdapter("holdfast", "adapter", rar, properties);
    }

    /**
     * One of several: its connection factory is {@code eis/name}, its pool {@code namePool}.
     *
     * @param directory of its log, below that of the domain's other data
     */
    public void deployAdapter(String name, String directory, Path rar, String... properties) {
        configureAdapterIn(directory, name, properties);
        payara.asadmin("deploy", "--name", name, rar.toString());
        payara.asadmin(
                "create-connector-connection-pool",
                "--raname",
                name,
                "--connectiondefinition",
                "io.holdfast.api.HoldfastConnectionFactory",
                "--transactionsupport",
                "XATransaction",
                name + "Pool");
        payara.asadmin("create-connector-resource", "--poolname", name + "Pool", "eis/" + name);
    }

    /**
     * Somebody whom applications know, in a group.
     *
     * @param password without blanks, which the server refuses
     */
    public void createUser(String name, String password, String group) {
        try {
            Path file = Files.createTempFile("password-of-", name);
            try {
                Files.writeString(file, "AS_ADMIN_USERPASSWORD=" + password + "\n");
                payara.asadmin("--passwordfile", file.toString(), "create-file-user", "--groups", group, name);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What an adapter gets when it is deployed.
     *
     * @param adapter its name; in an EAR that of the application, {@code #} and its own
     * @param properties beside the log's directory and the coordinator's URL, like {@code name=value}
     */
    public void configureAdapter(String adapter, String... properties) {
        configureAdapterIn("adapter", adapter, properties);
    }

    /** @param directory of its log, below that of the domain's other data */
    public void configureAdapterIn(String directory, String adapter, String... properties) {
        String coordinator = Stage.coordinatorBase(payara.root()).toString();
        payara.asadmin(
                "create-resource-adapter-config",
                "--property",
                "logDirectory=${com.sun.aas.instanceRoot}/holdfast/" + directory + ":coordinatorUrl="
                        + escaped(coordinator)
                        + Stream.of(properties).map(property -> ":" + property).collect(Collectors.joining()),
                adapter);
    }

    /** The properties of the deployed adapter that are set, as asadmin reads them. */
    public Map<String, String> adapterProperties() {
        return payara.asadmin("get", ADAPTER_PROPERTY + "*")
                .lines()
                .filter(line -> line.startsWith(ADAPTER_PROPERTY))
                .map(line -> line.substring(ADAPTER_PROPERTY.length()).split("=", 2))
                .collect(Collectors.toMap(property -> property[0], property -> property[1]));
    }

    /**
     * Sets properties of the deployed adapter, which Payara starts again in place for each.
     *
     * @param values an empty one takes the property away, so that its default counts
     */
    public void setAdapterProperties(Map<String, String> values) {
        payara.asadmin(Stream.concat(
                        Stream.of("set"),
                        values.entrySet().stream()
                                .map(property -> ADAPTER_PROPERTY + property.getKey() + "=" + property.getValue()))
                .toArray(String[]::new));
    }

    /**
     * Takes a connection from the pool of the deployed adapter, as an administrator does to see that it can be used.
     *
     * @throws IllegalStateException with what the server says when there is none
     */
    public void pingAdapter() {
        payara.asadmin("ping-connection-pool", "holdfastPool");
    }

    /** An XA data source {@code jdbc/name} on an H2 database of that name. */
    public void createDatabase(String name) {
        String url = "jdbc:h2:file:" + payara.data().resolve(name) + ";WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=0";
        createDatabase(name, "org.h2.jdbcx.JdbcDataSource", "sa", "sa", url);
    }

    /** @param dataSource an XA data source's class that the server finds, see {@link PayaraHome#addLibrary} */
    public void createDatabase(String name, String dataSource, String user, String password, String url) {
        payara.asadmin(
                "create-jdbc-connection-pool",
                "--datasourceclassname",
                dataSource,
                "--restype",
                "javax.sql.XADataSource",
                "--property",
                "user=" + user + ":password=" + password + ":url=" + escaped(url),
                name + "Pool");
        payara.asadmin("create-jdbc-resource", "--connectionpoolid", name + "Pool", "jdbc/" + name);
    }

    /** Colons separate asadmin's properties, equal signs their values. */
    private static String escaped(String value) {
        return value.replace(":", "\\:").replace("=", "\\=");
    }
}
