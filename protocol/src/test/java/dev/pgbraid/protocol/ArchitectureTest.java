package dev.pgbraid.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.pgbraid.protocol.startup.StartupPacket;
import io.netty.buffer.ByteBuf;

/// The rules of this module that the compiler cannot check.
@AnalyzeClasses(packages = "dev.pgbraid.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> MESSAGE = JavaClass.Predicates.assignableTo(Message.class)
            .or(JavaClass.Predicates.assignableTo(StartupPacket.class))
            .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))
            .as("messages");

    @ArchTest
    static final ArchRule messagesAreRecords =
            classes().that(MESSAGE).should().beRecords().because("a message is a value");

    @ArchTest
    static final ArchRule messagesOwnNoBuffers = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.pgbraid.protocol")
            .should()
            .haveRawType(ByteBuf.class)
            .because("a message may outlive the buffer that it came from");

    @ArchTest
    static final ArchRule onlyTheCoreIndexesIntoBuffers = noClasses()
            .that()
            .resideOutsideOfPackage("dev.pgbraid.protocol")
            .should()
            .callMethodWhere(JavaCall.Predicates.target(
                    HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(ByteBuf.class))))
            .because("lengths are checked in one place");

    @ArchTest
    static final ArchRule nothingButBuffersIsUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.pgbraid.protocol..",
                    "java.lang..",
                    "java.util..",
                    "java.nio..",
                    "java.text",
                    "java.security",
                    "javax.crypto..",
                    "io.netty.buffer",
                    "io.netty.util",
                    "org.jspecify.annotations",
                    "com.google.errorprone.annotations")
            .because("the protocol knows no sockets and no shards");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pgbraid.(protocol..)").should().beFreeOfCycles();
}
