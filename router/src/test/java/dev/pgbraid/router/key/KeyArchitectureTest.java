package dev.pgbraid.router.key;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pgbraid.router", importOptions = DoNotIncludeTests.class)
class KeyArchitectureTest {
    @ArchTest
    static final ArchRule valuesKnowNeitherShardsNorTheConfiguration = classes()
            .that()
            .resideInAPackage("dev.pgbraid.router.key")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pgbraid.router.key",
                    "java.lang..",
                    "java.math",
                    "java.nio..",
                    "java.time",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule shardingKnowsNoStatements = classes()
            .that()
            .resideInAPackage("dev.pgbraid.router.sharding")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pgbraid.router.key",
                    "dev.pgbraid.router.sharding",
                    "dev.pgbraid.config",
                    "java.lang..",
                    "java.nio..",
                    "java.security",
                    "java.util..",
                    "org.jspecify..");
}
