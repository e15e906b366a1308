package dev.pgbraid.proxy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.netty.channel.ChannelHandler;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;

/// The rules of this module that the compiler cannot check.
@AnalyzeClasses(packages = "dev.pgbraid.proxy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /// What runs on event loops.
    private static final String[] DATA_PATH = {"..proxy.session", "..proxy.net", "..proxy.backend", "..proxy.client"};

    private static final Set<String> BLOCKING_NAMES = Set.of(
            "sleep",
            "join",
            "park",
            "parkNanos",
            "parkUntil",
            "wait",
            "get",
            "await",
            "take",
            "put",
            "lock",
            "sync",
            "syncUninterruptibly",
            "awaitUninterruptibly");

    @ArchTest
    static final ArchRule layersPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("session")
            .definedBy("..proxy.session")
            .layer("net")
            .definedBy("..proxy.net")
            .layer("backend")
            .definedBy("..proxy.backend")
            .layer("client")
            .definedBy("..proxy.client")
            .layer("top")
            .definedBy("..proxy.admin", "..proxy.command", "..proxy.demo")
            .whereLayer("top")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("backend")
            .mayOnlyBeAccessedByLayers("client", "top")
            .whereLayer("net")
            .mayOnlyBeAccessedByLayers("backend", "client", "top")
            .because("a backend knows its tenant by an interface, and nothing below knows of clients");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pgbraid.proxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule sessionsArePure = noClasses()
            .that()
            .resideInAPackage("..proxy.session")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.channel..",
                    "io.netty.handler..",
                    "java.net..",
                    "java.io..",
                    "java.sql..",
                    "java.util.concurrent..",
                    "org.slf4j..")
            .because("the rules of a session are tested without a socket, a clock or a thread");

    @ArchTest
    static final ArchRule onlyTheControlPlaneUsesJdbc = noClasses()
            .that()
            .resideOutsideOfPackage("..proxy.control.shard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.zaxxer..", "org.postgresql..")
            .because("it blocks, and nothing of it is loaded by a proxy that has no such work");

    @ArchTest
    static final ArchRule eventLoopsNeverBlock = classes()
            .that()
            .resideInAnyPackage(DATA_PATH)
            .and()
            .doNotHaveFullyQualifiedName("dev.pgbraid.proxy.client.Listener")
            .and()
            .doNotHaveFullyQualifiedName("dev.pgbraid.proxy.net.CertificateWatch")
            .should(notBlock())
            .because("one blocked event loop stops every session on it");

    @ArchTest
    static final ArchRule eventLoopsHoldNoMonitors = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(DATA_PATH)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("one event loop owns a session and all that it holds");

    @ArchTest
    static final ArchRule handlersAreNamedSo = classes()
            .that()
            .areAssignableTo(ChannelHandler.class)
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveSimpleNameEndingWith("Handler");

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.pgbraid.proxy.Main")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("what a program depends on is handed to it");

    @ArchTest
    static final ArchRule fieldsAreNotPublic = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areNotEnums()
            .and()
            .areNotStatic()
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes().should(liveInAMarkedPackage());

    @ArchTest
    static final ArchRule nothingIsPrintedButByCommands = noClasses()
            .that()
            .resideInAnyPackage(DATA_PATH)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PrintStream.class)
            .because("logs are for operators, standard output is for commands");

    private static ArchCondition<JavaClass> notBlock() {
        return new ArchCondition<>("not block") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                    if (blocks(call)) {
                        events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean blocks(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        boolean canBlock = assignableTo(Thread.class)
                .or(assignableTo(Future.class))
                .or(assignableTo(BlockingQueue.class))
                .or(assignableTo(CountDownLatch.class))
                .or(assignableTo(Lock.class))
                .or(assignableTo(LockSupport.class))
                .test(owner);
        return canBlock && BLOCKING_NAMES.contains(call.getName());
    }

    private static ArchCondition<JavaClass> liveInAMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName()));
                }
            }
        };
    }
}
