package dev.skyhedge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.skyhedge.architecture.HouseModule.BALANCER;
import static dev.skyhedge.architecture.HouseModule.CLI;
import static dev.skyhedge.architecture.HouseModule.CLOUD;
import static dev.skyhedge.architecture.HouseModule.CONSOLE;
import static dev.skyhedge.architecture.HouseModule.ENGINE;
import static dev.skyhedge.architecture.HouseModule.RUNTIME;
import static dev.skyhedge.architecture.HouseModule.SIMULATED;
import static dev.skyhedge.architecture.HouseModule.SPI;
import static dev.skyhedge.architecture.HouseModule.STATE;

import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

/// Each library stays behind the module that chose it.
class LibraryBordersTest {
    private static final String SIMULATOR = "dev.skyhedge.engine.simulate..";

    @Test
    void providersAreDescribedInTermsOfTheJdkAlone() {
        onlySees(SPI, "java..");
    }

    @Test
    void whatCloudsShareIsTheJdkAlone() {
        onlySees(CLOUD, "java..");
    }

    @Test
    void theEngineKnowsNoSdk() {
        onlySees(
                ENGINE,
                "java..",
                "javax.net.ssl..",
                "javax.crypto..",
                "com.fasterxml.jackson..",
                "com.google.ortools..",
                "org.slf4j..");
    }

    /// What plans and acts must not know that there is a cloud that is not one.
    @Test
    void onlyTheSimulatorSeesTheSimulatedCloudAndTheSolver() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE.packages())
                .and()
                .resideOutsideOfPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SIMULATED.packages(), "com.google.ortools.."));
    }

    @Test
    void solversStayInTheSimulator() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.ortools.."));
    }

    /// It is a user of the planner like any other.
    @Test
    void theRestOfTheEngineDoesNotSeeTheSimulator() {
        check(noClasses()
                .that()
                .resideInAPackage(ENGINE.packages())
                .and()
                .resideOutsideOfPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SIMULATOR));
    }

    @Test
    void theBalancerIsJettyAndNothingElse() {
        onlySees(BALANCER, "java..", "javax.net.ssl..", "org.slf4j..", "org.eclipse.jetty..");
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
