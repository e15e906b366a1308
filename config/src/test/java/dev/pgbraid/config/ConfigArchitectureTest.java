package dev.pgbraid.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pgbraid.config", importOptions = DoNotIncludeTests.class)
class ConfigArchitectureTest {
    @ArchTest
    static final ArchRule onlyOnePackageKnowsYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgbraid.config.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule theReaderKnowsDescriptionsAndNoRecord = noClasses()
            .that()
            .resideInAPackage("dev.pgbraid.config.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.pgbraid.config");

    @ArchTest
    static final ArchRule descriptionsKnowNeither = noClasses()
            .that()
            .resideInAPackage("dev.pgbraid.config.key")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.pgbraid.config", "dev.pgbraid.config.yaml");

    @ArchTest
    static final ArchRule theEnvironmentIsHandedIn = noClasses()
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv");
}
