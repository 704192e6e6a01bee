package dev.skyhedge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Dependencies between modules point one way.
class DependencyDirectionTest {
    @ParameterizedTest
    @EnumSource
    void aModuleSeesOnlyThoseAboveIt(HouseModule module) {
        noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.skyhedge..").and(resideOutsideOfPackages(module.visiblePackages())))
                .allowEmptyShould(true)
                .check(HouseClasses.ALL);
    }

    @Test
    void everyClassBelongsToAModule() {
        classes().should().resideInAnyPackage(HouseModule.allPackages()).check(HouseClasses.ALL);
    }

    /// A rule over no classes cannot fail, so a module that lost its package name would go unwatched.
    @ParameterizedTest
    @EnumSource(
            names = {
                "SPI",
                "SPECS",
                "RECORDS",
                "STATE",
                "ENGINE",
                "CONTROL",
                "SIMULATE",
                "SIMULATED",
                "WATCH",
                "RUNTIME",
                "LOAD",
                "WEIGHTS"
            })
    void everyModuleIsSeen(HouseModule module) {
        assertThat(HouseClasses.ALL.that(resideInAPackage(module.packages()))).isNotEmpty();
    }
}
