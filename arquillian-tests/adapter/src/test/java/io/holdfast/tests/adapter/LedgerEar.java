package io.holdfast.tests.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * An EAR with the adapter and the application in it. WildFly takes what an administrator would set from {@code META-INF/ironjacamar.xml} of the
 * adapter, Payara from {@code META-INF/glassfish-resources.xml} of the EAR.
 */
final class LedgerEar {
    /** Payara calls the adapter {@code ledger#holdfast}, as glassfish-resources.xml does. */
    static final String NAME = "ledger.ear";

    private static final String ADAPTER_DESCRIPTOR = "ironjacamar.xml";
    private static final List<String> EAR_DESCRIPTORS = List.of("application.xml", "glassfish-resources.xml");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String MAPPING = "WEB-INF/glassfish-web.xml";

    private LedgerEar() {}

    /** Makes it of the archives in that directory, and puts it there. */
    static void makeIn(Path archives) {
        Path ear = archives.resolve(NAME);
        try {
            Files.deleteIfExists(ear);
            try (FileSystem inEar = FileSystems.newFileSystem(ear, Map.of("create", "true"))) {
                Files.createDirectory(inEar.getPath("META-INF"));
                for (String descriptor : EAR_DESCRIPTORS) {
                    Files.writeString(inEar.getPath("META-INF", descriptor), resource(descriptor));
                }
                add(
                        archives.resolve(AdapterServer.ADAPTER),
                        inEar,
                        adapter -> Files.writeString(
                                adapter.getPath("META-INF", ADAPTER_DESCRIPTOR), resource(ADAPTER_DESCRIPTOR)));
                add(archives.resolve(AdapterServer.LEDGER), inEar, LedgerEar::useTheAdapterBeside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No dependency on an adapter that is deployed by itself, and the name that the EAR's own has on Payara. */
    private static void useTheAdapterBeside(FileSystem application) throws IOException {
        Files.writeString(application.getPath(MANIFEST), "Manifest-Version: 1.0\n\n");
        Path mapping = application.getPath(MAPPING);
        Files.writeString(
                mapping,
                Files.readString(mapping).replace("<jndi-name>eis/holdfast<", "<jndi-name>java:app/eis/holdfast<"));
    }

    private static void add(Path archive, FileSystem ear, Change change) throws IOException {
        Path changed = Files.createTempFile(archive.getParent(), "in-ear", ".jar");
        try {
            Files.copy(archive, changed, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem inside = FileSystems.newFileSystem(changed)) {
                change.make(inside);
            }
            Files.copy(changed, ear.getPath(archive.getFileName().toString()));
        } finally {
            Files.delete(changed);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = LedgerEar.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Change {
        void make(FileSystem archive) throws IOException;
    }
}
