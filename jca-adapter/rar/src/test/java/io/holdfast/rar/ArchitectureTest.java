package io.holdfast.rar;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.transaction.Synchronization;
import org.junit.jupiter.api.Test;

/** Plain tests, not ArchUnit's own, so that they can look at an adapter with a broken rule too. */
class ArchitectureTest {
    private final JavaClasses adapter = new ClassFileImporter()
            .importUrl(HoldfastResourceAdapter.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    /** What it would be told after completion is not durable. */
    @Test
    void no_class_of_the_adapter_is_or_registers_a_synchronization() {
        assertThat(adapter.contain(HoldfastResourceAdapter.class)).isTrue();

        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Synchronization.class)
                .check(adapter);
        noClasses()
                .should()
                .callMethodWhere(target(nameMatching("register(Interposed)?Synchronization")))
                .check(adapter);
    }
}
