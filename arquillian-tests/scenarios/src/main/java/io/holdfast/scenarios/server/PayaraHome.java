package io.holdfast.scenarios.server;

import io.holdfast.scenarios.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An unpacked Payara and its domain1. Confined to one thread. */
public final class PayaraHome {
    private static final String SCRIPT = "configure-payara.asadmin";
    private static final long COMMAND_SECONDS = 600;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String JMS_HOST = "default_JMS_host";
    /** What Payara binds to java:comp/DefaultJMSConnectionFactory. */
    private static final String JMS_FACTORY = "jms/__defaultConnectionFactory";

    private final Path home;
    private final Path domain;
    private final int http;
    private final int admin;
    private List<String> login = List.of();

    public PayaraHome(Path home) {
        this.home = home;
        this.domain = home.resolve("glassfish/domains/domain1");
        List<Integer> ports = freePorts(2);
        this.http = ports.get(0);
        this.admin = ports.get(1);
    }

    public Path path() {
        return home;
    }

    public int adminPort() {
        return admin;
    }

    public URI root() {
        return URI.create("http://" + LOOPBACK + ":" + http + "/");
    }

    public Path log() {
        return domain.resolve("logs/server.log");
    }

    /** Where the coordinator keeps its log. */
    public Path data() {
        return domain.resolve("holdfast");
    }

    /**
     * Puts the domain back to what was unpacked, data and logs gone, with free ports on the loopback address only.
     *
     * @param javaOptions for the server's JVM, beyond its own; system properties replace those that it has
     */
    public void configure(List<String> javaOptions) {
        try {
            FileTree.reset(domain, domain.resolveSibling("domain1.unpacked"));
            login = List.of();
            configureDomain(javaOptions);
            showBytemanToServer();
        } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("cannot configure " + domain, e);
        }
    }

    /** Of the domain, from its next start on; gone when it is configured again. */
    public void addLibrary(Path jar) {
        try {
            Files.copy(
                    jar,
                    Files.createDirectories(domain.resolve("lib")).resolve(jar.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With no options beyond the domain's own. */
    public void configure() {
        configure(List.of());
    }

    /** Starts domain1; returns when it takes commands. */
    public void start() {
        run(home, List.of("start-domain", "--timeout", Long.toString(COMMAND_SECONDS), "domain1"));
    }

    /** Stops domain1, by its process when it does not obey. */
    public void stop() {
        Optional<ProcessHandle> server = process();
        try {
            run(home, List.of("stop-domain", "domain1"));
        } catch (IllegalStateException e) {
            server.ifPresent(ProcessHandle::destroyForcibly);
            throw e;
        }
        server.filter(ProcessHandle::isAlive).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Ends its JVM at once. */
    public void kill() {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Whether its JVM runs. */
    public boolean isAlive() {
        return process().filter(ProcessHandle::isAlive).isPresent();
    }

    /**
     * Runs a command on the running server.
     *
     * @return what it says
     * @throws IllegalStateException with its output when it fails
     */
    public String asadmin(String... command) {
        return runRemotely(home, command);
    }

    /**
     * Somebody who may do everything in the running server's administration; lost when the domain is configured again. From now on
     * {@link #asadmin} logs in so, since only a sole administrator without a password need not.
     *
     * @param password without blanks, which the server refuses
     */
    public void addAdministrator(String name, String password) {
        Path file = home.resolve("administrator.password");
        try {
            Files.writeString(file, "AS_ADMIN_USERPASSWORD=" + password + "\n");
            asadmin(
                    "--passwordfile",
                    file.toString(),
                    "create-file-user",
                    "--authrealmname",
                    "admin-realm",
                    "--groups",
                    "asadmin",
                    name);
            Files.writeString(file, "AS_ADMIN_PASSWORD=" + password + "\n");
            login = List.of("--user", name, "--passwordfile", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the script that makes the running server ready for the sample.
     *
     * @param archives the directory of holdfast.rar, which the script deploys
     * @throws IllegalStateException with the whole output when one of its commands fails
     */
    public void runSampleScript(Path archives) {
        Path script = home.resolve(SCRIPT);
        try (InputStream source = PayaraHome.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String output = runRemotely(archives, "multimode", "--file", script.toString());
        // The exit code is that of the last command.
        if (output.contains(" failed.")) {
            throw new IllegalStateException(SCRIPT + ": " + output);
        }
    }

    private String runRemotely(Path directory, String... command) {
        List<String> line =
                new ArrayList<>(List.of("--host", LOOPBACK, "--port", Integer.toString(admin), "--interactive=false"));
        line.addAll(login);
        line.addAll(List.of(command));
        return run(directory, line);
    }

    private String run(Path directory, List<String> command) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                home.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
        line.addAll(command);
        Path output = home.resolve("asadmin.out");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("asadmin " + command + " took too long");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("asadmin " + command + ": " + Files.readString(output));
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The server's JVM; asadmin starts it detached and writes its number down. */
    public Optional<ProcessHandle> process() {
        Path pid = domain.resolve("config/pid");
        try {
            return Files.exists(pid)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configureDomain(List<String> javaOptions)
            throws IOException, SAXException, ParserConfigurationException, TransformerException {
        Path file = domain.resolve("config/domain.xml");
        Document document = read(file);
        set(document, "hazelcast-runtime-configuration", Map.of("enabled", "false"));
        Element config = config(document);
        set(config, "hazelcast-config-specific-configuration", Map.of("enabled", "false"));
        for (Element listener : elements(config, "network-listener")) {
            listener.setAttribute("address", LOOPBACK);
            listener.setAttribute("port", portOf(listener.getAttribute("name")));
        }
        for (String listener : List.of("iiop-listener", "jmx-connector")) {
            for (Element element : elements(config, listener)) {
                element.setAttribute("address", LOOPBACK);
                element.setAttribute("port", Integer.toString(freePort()));
            }
        }
        addJmsService(config);
        addDefaultJmsConnectionFactory(document);
        // The default of 5 threads starves calls from the server to itself.
        for (Element pool : elements(config, "thread-pool")) {
            if (pool.getAttribute("name").equals("http-thread-pool")) {
                pool.setAttribute("max-thread-pool-size", "64");
            }
        }
        // Without it nothing is recovered after a crash.
        set(config, "transaction-service", Map.of("automatic-recovery", "true"));
        URI coordinator = Stage.coordinatorBase(root());
        option(config, document, "-Dosgi.shell.telnet.port=", Integer.toString(freePort()));
        option(config, document, "-Dholdfast.coordinator.base.url=", coordinator.toString());
        option(
                config,
                document,
                "-Dholdfast.coordinator.log.directory=",
                data().resolve("coordinator").toString());
        option(config, document, "-Dlra.coordinator.url=", coordinator.toString());
        // In its direct mode the embedded broker mixes up a receiver's transactions.
        option(config, document, "-Dimq.jmsra.direct=", "false");
        option(config, document, "-Dholdfast.sample.account.url=", root() + "account/api");
        option(config, document, "-Dholdfast.sample.merchant.url=", root() + "merchant/api");
        for (String option : javaOptions) {
            int value = option.startsWith("-D") ? option.indexOf('=') + 1 : 0;
            String name = value == 0 ? option : option.substring(0, value);
            option(config, document, name, option.substring(name.length()));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
        }
    }

    /** Rules that Byteman puts into a class of the server call Byteman, which OSGi hides unless it is named here. */
    private void showBytemanToServer() throws IOException {
        Path file = home.resolve("glassfish/config/osgi.properties");
        String properties = Files.readString(file);
        String delegation = "eclipselink.bootdelegation=";
        String visible = delegation + "org.jboss.byteman, org.jboss.byteman.*, ";
        if (!properties.contains(visible)) {
            Files.writeString(file, properties.replace(delegation, visible));
        }
    }

    /** What is unpacked has none, and Payara then makes one on port 7676 of every address. */
    private static void addJmsService(Element config) {
        Element service = append(
                config,
                "jms-service",
                Map.of("type", "EMBEDDED", "default-jms-host", JMS_HOST, "addresslist-behavior", "priority"));
        append(
                service,
                "jms-host",
                Map.of("name", JMS_HOST, "host", LOOPBACK, "port", Integer.toString(freePort()), "lazy-init", "true"));
    }

    /** Payara makes it together with its JMS service, but not for one that it finds. */
    private static void addDefaultJmsConnectionFactory(Document document) {
        Element resources = elements(document.getDocumentElement(), "resources").get(0);
        String pool = JMS_FACTORY + "-Connection-Pool";
        append(
                resources,
                "connector-connection-pool",
                Map.of(
                        "name",
                        pool,
                        "resource-adapter-name",
                        "jmsra",
                        "connection-definition-name",
                        "jakarta.jms.ConnectionFactory",
                        "max-pool-size",
                        "250",
                        "steady-pool-size",
                        "1"));
        append(
                resources,
                "connector-resource",
                Map.of("pool-name", pool, "jndi-name", JMS_FACTORY, "object-type", "system-all-req"));
        append(elements(document.getDocumentElement(), "server").get(0), "resource-ref", Map.of("ref", JMS_FACTORY));
    }

    private static Element append(Element parent, String name, Map<String, String> attributes) {
        Element element = parent.getOwnerDocument().createElement(name);
        attributes.forEach(element::setAttribute);
        parent.appendChild(element);
        return element;
    }

    private String portOf(String listener) {
        return Integer.toString(
                switch (listener) {
                    case "http-listener-1" -> http;
                    case "admin-listener" -> admin;
                    default -> freePort();
                });
    }

    private static void option(Element config, Document document, String prefix, String value) {
        Element java = elements(config, "java-config").get(0);
        for (Element option : elements(java, "jvm-options")) {
            if (option.getTextContent().startsWith(prefix)) {
                option.setTextContent(prefix + value);
                return;
            }
        }
        Element option = document.createElement("jvm-options");
        option.setTextContent(prefix + value);
        java.appendChild(option);
    }

    private static void set(Document document, String element, Map<String, String> attributes) {
        set(document.getDocumentElement(), element, attributes);
    }

    private static void set(Element parent, String name, Map<String, String> attributes) {
        for (Element element : elements(parent, name)) {
            attributes.forEach(element::setAttribute);
        }
    }

    private static Element config(Document document) {
        return elements(document.getDocumentElement(), "config").stream()
                .filter(config -> config.getAttribute("name").equals("server-config"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("domain.xml has no server-config"));
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static Document read(Path file) throws IOException, SAXException, ParserConfigurationException {
        try (InputStream in = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    /** One of the loopback address that nobody uses. */
    public static int freePort() {
        return freePorts(1).get(0);
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                ServerSocket socket = new ServerSocket();
                sockets.add(socket);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
