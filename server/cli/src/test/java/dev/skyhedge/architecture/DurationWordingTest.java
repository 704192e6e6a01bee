package dev.skyhedge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// People read durations as they write them in specs, `10m`; what Java makes of one, `PT10M`, is for records only.
class DurationWordingTest {
    private static final ClassDesc DURATION = ClassDesc.of(Duration.class.getName());

    /// What is written to be read by this program again.
    private static final List<String> RECORDS = List.of(
            "dev.skyhedge.engine.declared.SpecJson",
            "dev.skyhedge.engine.declared.EndpointJson",
            "dev.skyhedge.engine.decision.Scalars",
            "dev.skyhedge.state.store.json.");

    @Test
    void noTextSaysADurationInTheWayOfJava() {
        List<String> seen = HouseClasses.ALL.stream()
                .filter(one -> RECORDS.stream().noneMatch(one.getName()::startsWith))
                .flatMap(DurationWordingTest::mentions)
                .toList();

        assertThat(seen).isEmpty();
    }

    @Test
    void theRuleSeesBothForms() {
        assertThat(mentions(Says.class.getName(), Says.class.getResourceAsStream("DurationWordingTest$Says.class")))
                .hasSize(2);
    }

    private static Stream<String> mentions(JavaClass one) {
        try {
            return mentions(
                    one.getName(),
                    one.getSource().orElseThrow().getUri().toURL().openStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> mentions(String name, InputStream bytes) {
        try (bytes) {
            return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
                    // Constructors refuse what only a mistake of ours can give them.
                    .filter(method -> !method.methodName().equalsString("<init>"))
                    .flatMap(method -> mentions(name, method));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> mentions(String name, MethodModel method) {
        List<CodeElement> code = method.code().map(CodeModel::elementList).orElse(List.of());
        List<Instruction> instructions = code.stream()
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList();
        Set<Integer> durations = code.stream()
                .filter(LocalVariable.class::isInstance)
                .map(LocalVariable.class::cast)
                .filter(variable -> variable.typeSymbol().equals(DURATION))
                .map(LocalVariable::slot)
                .collect(Collectors.toSet());
        return IntStream.range(1, instructions.size())
                .filter(i -> isTextOf(instructions.get(i)) && isDuration(instructions.get(i - 1), durations))
                .mapToObj(_ -> name + "." + method.methodName().stringValue());
    }

    /// The compiler makes each operand of a concatenation a text by `valueOf`.
    private static boolean isTextOf(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                && (call.name().stringValue().equals("valueOf")
                        || call.name().stringValue().equals("toString"))
                && call.typeSymbol().returnType().equals(ConstantDescs.CD_String);
    }

    private static boolean isDuration(Instruction value, Set<Integer> variables) {
        return switch (value) {
            case InvokeInstruction call -> call.typeSymbol().returnType().equals(DURATION);
            case FieldInstruction field -> field.typeSymbol().equals(DURATION);
            case LoadInstruction load -> variables.contains(load.slot());
            default -> false;
        };
    }

    private static final class Says {
        static String both(Duration duration) {
            return duration + duration.toString();
        }
    }
}
