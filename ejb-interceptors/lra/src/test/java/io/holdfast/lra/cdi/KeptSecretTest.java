package io.holdfast.lra.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSecretTest {
    @TempDir
    private Path data;

    private byte[] secret() {
        return new KeptSecret(Optional.of(data.resolve("holdfast-lra"))).get();
    }

    @Test
    void a_server_has_the_same_secret_after_a_restart() {
        byte[] first = secret();

        assertThat(secret()).hasSize(32).isEqualTo(first);
    }

    @Test
    void only_the_owner_reads_it_and_no_draft_stays() throws IOException {
        secret();

        try (var files = Files.list(data.resolve("holdfast-lra"))) {
            assertThat(files.toList()).singleElement().satisfies(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void without_a_directory_each_has_its_own() {
        assertThat(new KeptSecret(Optional.empty()).get())
                .hasSize(32)
                .isNotEqualTo(new KeptSecret(Optional.empty()).get());
    }

    @Test
    void a_damaged_file_is_not_taken() throws IOException {
        secret();
        Path file = data.resolve("holdfast-lra/callback-secret");
        Files.write(file, new byte[3]);

        assertThat(secret()).hasSize(32);
        assertThat(Files.size(file)).isEqualTo(3);
    }
}
