package io.holdfast.tests.adapter;

import io.holdfast.tests.adapter.app.Wish;
import io.holdfast.tests.adapter.use.Afterwards;
import io.holdfast.tests.adapter.use.Annotated;
import io.holdfast.tests.adapter.use.Callers;
import io.holdfast.tests.adapter.use.Causes;
import io.holdfast.tests.adapter.use.Defined;
import io.holdfast.tests.adapter.use.Definition;
import io.holdfast.tests.adapter.use.DefinitionAlone;
import io.holdfast.tests.adapter.use.Door;
import io.holdfast.tests.adapter.use.Entry;
import io.holdfast.tests.adapter.use.Errand;
import io.holdfast.tests.adapter.use.Guest;
import io.holdfast.tests.adapter.use.Hotel;
import io.holdfast.tests.adapter.use.Http;
import io.holdfast.tests.adapter.use.Journal;
import io.holdfast.tests.adapter.use.Later;
import io.holdfast.tests.adapter.use.Listener;
import io.holdfast.tests.adapter.use.Mistake;
import io.holdfast.tests.adapter.use.Mistakes;
import io.holdfast.tests.adapter.use.Opening;
import io.holdfast.tests.adapter.use.Outside;
import io.holdfast.tests.adapter.use.OwnTransaction;
import io.holdfast.tests.adapter.use.Pair;
import io.holdfast.tests.adapter.use.Part;
import io.holdfast.tests.adapter.use.Rows;
import io.holdfast.tests.adapter.use.Several;
import io.holdfast.tests.adapter.use.Use;
import io.holdfast.tests.adapter.use.UseApplication;
import io.holdfast.tests.adapter.use.UseServlet;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Makes the archives of the small applications, for both servers, and puts them where the tests deploy from. */
final class UseArchives {
    static final String USE = "use.war";
    static final String SEVERAL = "several.war";
    /** Payara calls the adapter in it {@code defined#holdfast}. */
    static final String DEFINED = "defined.ear";
    /** Has no adapter in it. */
    static final String DEFINED_ALONE = "alone.war";

    private static final Path ARCHIVES = AdapterServer.ARCHIVES;
    private static final String DATABASE = "jdbc/entries";
    /** The same factory as eis/holdfast, whose connections the server may not share. */
    private static final String UNSHARED = "eis/unshared";

    private static final String GLASSFISH_DOCTYPE =
            "<!DOCTYPE glassfish-web-app PUBLIC \"-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN\""
                    + " \"http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd\">";

    private UseArchives() {}

    static void make() {
        export(war(USE, "eis/holdfast", UNSHARED)
                .addClasses(
                        Door.class,
                        UseApplication.class,
                        Mistake.class,
                        Mistakes.class,
                        Outside.class,
                        Afterwards.class,
                        Guest.class,
                        Hotel.class,
                        Journal.class,
                        Callers.class,
                        Errand.class,
                        Entry.class,
                        OwnTransaction.class,
                        Pair.class,
                        Annotated.class,
                        Later.class,
                        Listener.class)
                .addAsLibraries(
                        ARCHIVES.resolve("holdfast-lra.jar").toFile(),
                        ARCHIVES.resolve("holdfast-interceptors.jar").toFile())
                .setManifest(dependingOnTheAdapter()));
        export(withServlet(war(SEVERAL, "eis/holdfast", "eis/second"))
                .addClass(Several.class)
                .setManifest(dependingOnTheAdapter()));
        // Payara shows an adapter's classes to applications alone that refer to a factory of the administrator.
        export(withServlet(war(DEFINED_ALONE, "eis/holdfast"))
                .addClasses(Defined.class, DefinitionAlone.class)
                .setManifest(dependingOnTheAdapter()));
        export(ShrinkWrap.create(EnterpriseArchive.class, DEFINED)
                .addAsModule(ARCHIVES.resolve(AdapterServer.ADAPTER).toFile())
                .addAsModule(withServlet(war("defined.war")).addClasses(Defined.class, Definition.class)));
    }

    /** Of an archive's web application. */
    static String root(String archive) {
        return archive.substring(0, archive.lastIndexOf('.'));
    }

    /** WildFly shows an adapter that is deployed by itself to those alone who ask for it here. */
    private static StringAsset dependingOnTheAdapter() {
        return new StringAsset("Manifest-Version: 1.0\nDependencies: deployment.holdfast.rar\n");
    }

    private static WebArchive withServlet(WebArchive war) {
        return war.addClasses(Use.class, UseServlet.class, Causes.class);
    }

    /** One that has the database, and the adapters' connection factories of those names. */
    private static WebArchive war(String name, String... factories) {
        String root = "<context-root>/" + root(name) + "</context-root>";
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(Rows.class, Opening.class, Part.class, Http.class, Wish.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource(
                        new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                                + ofType(DATABASE, "javax.sql.DataSource")
                                + Stream.of(factories)
                                        .map(factory -> ofType(factory, "io.holdfast.api.HoldfastConnectionFactory"))
                                        .collect(Collectors.joining())
                                + "</web-app>"),
                        "web.xml")
                .addAsWebInfResource(
                        new StringAsset("<jboss-web>" + root + mappings("java:/", factories) + "</jboss-web>"),
                        "jboss-web.xml")
                .addAsWebInfResource(
                        new StringAsset(GLASSFISH_DOCTYPE + "<glassfish-web-app>" + root + mappings("", factories)
                                + "</glassfish-web-app>"),
                        "glassfish-web.xml");
    }

    private static String mappings(String prefix, String... factories) {
        return Stream.concat(
                        Stream.of(mapping(DATABASE, prefix + "jdbc/bank")),
                        Stream.of(factories)
                                .map(factory -> mapping(
                                        factory, prefix + (factory.equals(UNSHARED) ? "eis/holdfast" : factory))))
                .collect(Collectors.joining());
    }

    private static String mapping(String name, String jndi) {
        return reference(name, "<jndi-name>" + jndi + "</jndi-name>");
    }

    /** Payara takes what is not said about the authorization for Application, and asks for a password. */
    private static String ofType(String name, String type) {
        String scope = name.equals(UNSHARED) ? "<res-sharing-scope>Unshareable</res-sharing-scope>" : "";
        return reference(name, "<res-type>" + type + "</res-type><res-auth>Container</res-auth>" + scope);
    }

    private static String reference(String name, String more) {
        return "<resource-ref><res-ref-name>" + name + "</res-ref-name>" + more + "</resource-ref>";
    }

    private static void export(Archive<?> archive) {
        archive.as(ZipExporter.class)
                .exportTo(ARCHIVES.resolve(archive.getName()).toFile(), true);
    }
}
