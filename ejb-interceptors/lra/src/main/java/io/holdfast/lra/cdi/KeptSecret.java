package io.holdfast.lra.cdi;

import io.holdfast.lra.messages.ParticipantMessage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A secret that a server makes once and keeps among its data, for all applications with this library: the addresses of callbacks have to be
 * the same after a restart.
 */
final class KeptSecret {
    private static final int BYTES = 32;
    private static final String FILE = "callback-secret";

    private final Optional<Path> directory;

    /** @param directory of the server's data; empty for a secret that is gone with this object */
    KeptSecret(Optional<Path> directory) {
        this.directory = directory;
    }

    /** WildFly's, else Payara's; empty on other servers. */
    static Optional<Path> directoryOfServer() {
        return Stream.of("jboss.server.data.dir", "com.sun.aas.instanceRoot")
                .flatMap(name -> Stream.ofNullable(System.getProperty(name)))
                .findFirst()
                .map(root -> Path.of(root, "holdfast-lra"));
    }

    byte[] get() {
        if (directory.isEmpty()) {
            ParticipantMessage.SECRET_NOT_KEPT.log("it names no directory for its data");
            return random();
        }
        try {
            return kept(directory.get());
        } catch (IOException notWritable) {
            ParticipantMessage.SECRET_NOT_KEPT.log(notWritable, notWritable.toString());
            return random();
        }
    }

    private static byte[] random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Whole or not at all: it is written under another name first, and who comes second takes the first one's. */
    private static byte[] kept(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, FILE, ".new", ownerOnly(directory));
            try {
                Files.write(draft, random());
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException anotherApplicationWasFaster) {
                // Its secret is as good.
            } catch (UnsupportedOperationException noLinks) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != BYTES) {
            throw new IOException(file + " has " + secret.length + " bytes instead of " + BYTES);
        }
        return secret;
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
