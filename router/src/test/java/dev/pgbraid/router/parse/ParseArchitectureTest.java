package dev.pgbraid.router.parse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pgbraid.router", importOptions = DoNotIncludeTests.class)
class ParseArchitectureTest {
    @ArchTest
    static final ArchRule oneOnlyKnowsTheParser = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgbraid.router.parse")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.sf.jsqlparser..")
            .because("it reads much of SQL otherwise than PostgreSQL, and its trees can change");

    @ArchTest
    static final ArchRule treesKnowNothingElse = classes()
            .that()
            .resideInAPackage("dev.pgbraid.router.tree")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.pgbraid.router.tree", "java.lang..", "java.util..", "org.jspecify..");
}
