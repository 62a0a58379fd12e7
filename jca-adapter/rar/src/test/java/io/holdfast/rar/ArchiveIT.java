package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Payara shows what is in a resource adapter to every application, so nothing of others may be in it under its own name. */
class ArchiveIT {
    @Test
    void the_adapter_holds_its_own_three_jars_and_no_class_of_others() throws IOException {
        List<String> jars = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        try (ZipFile archive = new ZipFile(System.getProperty("holdfast.rar"))) {
            assertThat(archive.getEntry("META-INF/ra.xml")).isNotNull();
            for (ZipEntry entry : archive.stream().toList()) {
                if (entry.getName().endsWith(".jar")) {
                    jars.add(entry.getName());
                    strangers.addAll(classesOfOthers(archive.getInputStream(entry)));
                }
            }
        }

        assertThat(jars)
                .hasSize(3)
                .contains("holdfast.jar")
                .anyMatch(name -> name.startsWith("holdfast-api-"))
                .anyMatch(name -> name.startsWith("holdfast-engine-"));
        assertThat(strangers).isEmpty();
    }

    private static List<String> classesOfOthers(InputStream content) throws IOException {
        List<String> found = new ArrayList<>();
        try (JarInputStream jar = new JarInputStream(content)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("io/holdfast/")) {
                    found.add(entry.getName());
                }
            }
        }
        return found;
    }
}
