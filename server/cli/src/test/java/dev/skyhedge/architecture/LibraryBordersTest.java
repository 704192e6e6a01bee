package dev.skyhedge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.skyhedge.architecture.HouseModule.AGENT;
import static dev.skyhedge.architecture.HouseModule.BALANCER;
import static dev.skyhedge.architecture.HouseModule.CLI;
import static dev.skyhedge.architecture.HouseModule.CLOUD;
import static dev.skyhedge.architecture.HouseModule.CONSOLE;
import static dev.skyhedge.architecture.HouseModule.CONTROL;
import static dev.skyhedge.architecture.HouseModule.ENGINE;
import static dev.skyhedge.architecture.HouseModule.RECORDS;
import static dev.skyhedge.architecture.HouseModule.RUNTIME;
import static dev.skyhedge.architecture.HouseModule.SIMULATE;
import static dev.skyhedge.architecture.HouseModule.SOLVER;
import static dev.skyhedge.architecture.HouseModule.SPI;
import static dev.skyhedge.architecture.HouseModule.STATE;
import static dev.skyhedge.architecture.HouseModule.WATCH;
import static dev.skyhedge.architecture.HouseModule.WEIGHTS;

import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Each library stays behind the module that chose it.
class LibraryBordersTest {
    @Test
    void providersAreDescribedInTermsOfTheJdkAlone() {
        onlySees(SPI, "java..");
    }

    @Test
    void whatCloudsShareIsTheJdkAlone() {
        onlySees(CLOUD, "java..");
    }

    @Test
    void recordsAreTheJdkAlone() {
        onlySees(RECORDS, "java..");
    }

    @Test
    void theEngineIsTheJdkJsonAndExpressionsThatCannotRunAway() {
        onlySees(ENGINE, "java..", "com.fasterxml.jackson..", "com.google.re2j..");
    }

    @Test
    void weightsAreMovedByTheJdkAndAReaderOfJson() {
        onlySees(WEIGHTS, "java..", "javax.crypto..", "com.fasterxml.jackson.core..");
    }

    @Test
    void agentsAreTheJdkAndAReaderOfJson() {
        onlySees(AGENT, "java..", "javax.net.ssl..", "com.sun.net.httpserver..", "com.fasterxml.jackson.core..");
    }

    @Test
    void agentsAndControllersSpeakInValuesOfTheJdk() {
        check(classes()
                .that()
                .resideInAPackage("dev.skyhedge.agent.protocol..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "dev.skyhedge.agent.protocol..", "org.jspecify.annotations..")));
    }

    @Test
    void controllersKnowNoSdk() {
        onlySees(CONTROL, "java..", "javax.net.ssl..", "javax.crypto..", "org.slf4j..");
    }

    @Test
    void solversStayInTheirModuleAndTheSimulator() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HouseModule.allBut(SIMULATE, SOLVER))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.ortools..", "org.ojalgo.."));
    }

    @Test
    void theBalancerIsJettyJsonAndTheModelOfMetrics() {
        onlySees(
                BALANCER,
                "java..",
                "javax.net.ssl..",
                "org.slf4j..",
                "org.eclipse.jetty..",
                "io.prometheus.metrics.model..",
                "com.fasterxml.jackson..");
    }

    @Test
    void metricsOfPrometheusStayInTheServers() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HouseModule.allBut(BALANCER, CONSOLE, RUNTIME, WATCH))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.prometheus.."));
    }

    @Test
    void databasesStayInTheState() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HouseModule.allBut(STATE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.h2..", "org.postgresql..", "org.flywaydb.."));
    }

    @Test
    void jettyStaysInTheServers() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HouseModule.allBut(BALANCER, CONSOLE, RUNTIME))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty.."));
    }

    @Test
    void watchingKnowsNoTerminal() {
        check(noClasses()
                .that()
                .resideInAPackage(WATCH.packages())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.Console")
                .orShould()
                .accessTargetWhere(describe(
                        "it reads or prints",
                        access -> access.getTargetOwner().getName().equals("java.lang.System")
                                && Set.of("in", "out", "err", "exit")
                                        .contains(access.getTarget().getName()))));
    }

    @Test
    void commandLineParsingStaysInCommands() {
        check(noClasses()
                .that()
                .resideInAnyPackage(HouseModule.allBut(CLI, RUNTIME))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli.."));
    }

    /// They are read by reflection at every start, which takes longer than most commands.
    @Test
    void commandsAreDeclaredWithoutAnnotations() {
        check(noClasses()
                .that()
                .resideInAPackage(CLI.packages())
                .should()
                .dependOnClassesThat(resideInAnyPackage("picocli..").and(assignableTo(Annotation.class))));
    }

    /// The second reader of HCL is an opinion about blocks, never a source of values.
    @Test
    void hcl4jStaysInTheCrossReader() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.skyhedge.specs.crossread..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.bertramlabs.."));
    }

    private static void onlySees(HouseModule module, String... libraries) {
        check(classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(libraries)
                        .or(resideInAnyPackage("dev.skyhedge..", "org.jspecify.annotations.."))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HouseClasses.ALL);
    }
}
