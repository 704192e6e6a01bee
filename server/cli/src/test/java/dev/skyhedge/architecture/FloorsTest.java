package dev.skyhedge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.skyhedge.engine.workload.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Planning has two floors: kinds of workload want something, the fleet has machines for whoever
/// wants them. A new kind is a package and a line in the list of kinds, and touches nothing else.
class FloorsTest {
    /// Each kind, by its package: a new one is added here, so that no kind is seen by another.
    private static final String KINDS = "dev.skyhedge.engine.[service|sweeping]..";
    private static final String[] OF_KINDS = {KINDS, "dev.skyhedge.engine.[declared|scaling|kinds].."};

    private static final JavaClasses ENGINE = HouseClasses.ALL.that(resideInAPackage(HouseModule.ENGINE.packages()));

    @ParameterizedTest
    @ValueSource(strings = {"plan", "placement", "fleet", "pool", "workload"})
    void whatIsForAllKindsKnowsNone(String room) {
        JavaClasses there = ENGINE.that(resideInAPackage("dev.skyhedge.engine." + room + ".."));

        assertThat(there).isNotEmpty();
        noClasses().should().dependOnClassesThat().resideInAnyPackage(OF_KINDS).check(there);
    }

    @Test
    void everyKindIsAmongThoseThatAreLookedAt() {
        classes().that().implement(Kind.class).should().resideInAPackage(KINDS).check(ENGINE);
    }

    @Test
    void noKindSeesAnother() {
        slices().matching("dev.skyhedge.engine.(service|sweeping)..")
                .should()
                .notDependOnEachOther()
                .check(ENGINE);
    }

    @Test
    void theFleetReadsNoSpec() {
        noClasses()
                .that()
                .resideInAPackage("dev.skyhedge.engine.fleet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HouseModule.SPECS.packages())
                .check(ENGINE);
    }

    @Test
    void onlyTheListOfKindsNamesAKind() {
        classes()
                .that(resideInAPackage(KINDS))
                .should()
                .onlyHaveDependentClassesThat(resideInAnyPackage(KINDS, "dev.skyhedge.engine.kinds.."))
                .check(HouseClasses.ALL);
    }

    @Test
    void schedulersOfSweepsKnowNothingOfMachines() {
        classes()
                .that()
                .resideInAPackage("dev.skyhedge.engine.sweep..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.skyhedge.engine.sweep..", "java..", "org.jspecify..")
                .check(ENGINE);
    }

    @Test
    void mixesOfAcceleratorsKnowTheWordsOfProvidersAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.skyhedge.engine.accelerators..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.skyhedge.engine.accelerators..", HouseModule.SPI.packages(), "java..", "org.jspecify..")
                .check(ENGINE);
    }

    @Test
    void aPoolKnowsClaimsAndTheWordsOfProvidersAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.skyhedge.engine.pool..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.skyhedge.engine.pool..", HouseModule.SPI.packages(), "java..", "org.jspecify..")
                .check(ENGINE);
    }

    @Test
    void schedulersOfRetrainingKnowNothingOfMachines() {
        classes()
                .that()
                .resideInAPackage("dev.skyhedge.engine.retraining..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.skyhedge.engine.retraining..", "java..", "org.jspecify..")
                .check(ENGINE);
    }

    @Test
    void whereWeightsComeFromKnowsTheWordsOfProvidersAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.skyhedge.engine.weights..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.skyhedge.engine.weights..", HouseModule.SPI.packages(), "java..", "org.jspecify..")
                .check(ENGINE);
    }

    /// What keeps replicas running asks their kind.
    @Test
    void theReconcilerSeesNoMoreOfKindsThanTheirList() {
        noClasses()
                .that()
                .resideInAPackage("dev.skyhedge.engine.reconcile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KINDS, "dev.skyhedge.engine.[declared|scaling]..")
                .check(ENGINE);
    }

    @Test
    void noRoomOfTheEngineIsInACircle() {
        slices().matching("dev.skyhedge.engine.(*)..").should().beFreeOfCycles().check(ENGINE);
    }
}
