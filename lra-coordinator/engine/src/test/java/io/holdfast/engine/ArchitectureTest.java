package io.holdfast.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule the_engine_knows_no_jakarta_api = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "javax.transaction..", "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule the_machine_knows_only_itself = noClasses()
            .that()
            .resideInAPackage("io.holdfast.engine.state")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.holdfast.engine",
                    "io.holdfast.engine.log..",
                    "io.holdfast.engine.delivery..",
                    "io.holdfast.engine.time..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.util.concurrent..");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.holdfast.engine.(*)..").should().beFreeOfCycles();
}
