package dev.skyhedge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The same world gives the same plan: planning may neither look outside nor remember.
class PurityTest {
    /// Times and dice come in as values; these calls would fetch them.
    private static final Set<String> IMPURE_SYSTEM_MEMBERS = Set.of(
            "currentTimeMillis",
            "nanoTime",
            "getenv",
            "getProperty",
            "getProperties",
            "setProperty",
            "in",
            "out",
            "err",
            "exit");

    private static final JavaClasses CORE = HouseClasses.ALL.that(resideInAnyPackage(
            HouseModule.ENGINE.packages(),
            HouseModule.RECORDS.packages(),
            "dev.skyhedge.agent.core..",
            "dev.skyhedge.agent.protocol.."));

    @Test
    void theCoreIsThere() {
        assertThat(CORE).isNotEmpty();
    }

    @Test
    void planningDoesNoInputOrOutput() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.sql..",
                        "org.slf4j..")
                .check(CORE);
    }

    @Test
    void planningStartsNoThreadsAndNoProcesses() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Process.class, ProcessBuilder.class, Runtime.class)
                .check(CORE);
    }

    @Test
    void planningReadsNoClockAndNoEnvironment() {
        noClasses()
                .should()
                .accessTargetWhere(
                        describe("the clock or the environment is read", PurityTest::readsClockOrSurroundings))
                .check(CORE);
    }

    @Test
    void planningThrowsNoDice() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .accessTargetWhere(describe("a random number is drawn", PurityTest::drawsRandomly))
                .check(CORE);
    }

    @Test
    void planningKeepsNothingInStaticFields() {
        fields().that().areStatic().and(areWritten()).should().beFinal().check(CORE);
        noFields()
                .that()
                .areStatic()
                .and(areWritten())
                .should()
                .haveRawType(mutable())
                .check(CORE);
    }

    private static boolean readsClockOrSurroundings(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        return owner.startsWith("java.time.") && (member.equals("now") || member.startsWith("system"))
                || owner.equals("java.lang.System") && IMPURE_SYSTEM_MEMBERS.contains(member);
    }

    private static boolean drawsRandomly(JavaAccess<?> access) {
        String target = access.getTargetOwner().getSimpleName() + "."
                + access.getTarget().getName();
        return Set.of("Math.random", "UUID.randomUUID", "Collections.shuffle", "StrictMath.random")
                .contains(target);
    }

    /// Not the compiler's own: an enum's values, a switch's table.
    private static DescribedPredicate<JavaField> areWritten() {
        return describe("are written by hand", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static DescribedPredicate<JavaClass> mutable() {
        return describe(
                "of a type that can be changed",
                type -> type.isArray()
                        || type.getPackageName().startsWith("java.util.concurrent")
                        || type.isAssignableTo(AbstractCollection.class)
                        || type.isAssignableTo(AbstractMap.class)
                        || type.isAssignableTo(StringBuilder.class));
    }
}
