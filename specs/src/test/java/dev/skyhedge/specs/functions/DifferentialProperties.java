package dev.skyhedge.specs.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/// Generated expressions mean what Terraform makes of them, or both refuse them. The generator leaves out what
/// is known to differ: division (last digits), division by zero, `&&` and `||` (short circuits), negative zero.
class DifferentialProperties {
    private static final int DEEPEST = 3;
    private static final int BATCH = 50;
    private static Optional<Path> directory = Optional.empty();

    @BeforeContainer
    static void directory() throws IOException {
        directory = Optional.of(Files.createTempDirectory("terraform"));
    }

    @AfterContainer
    static void delete() throws IOException {
        try (var files = Files.walk(directory.orElseThrow())) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(DifferentialProperties::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, seed = "20261122", edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
    void generatedExpressionsMeanTheSame(@ForAll("expressions") List<String> expressions) {
        Optional<TerraformConsole> terraform = TerraformConsole.find(directory.orElseThrow());
        assumeTrue(terraform.isPresent(), "terraform is not on the path");

        List<String> theirs = terraform.get().answers(expressions);

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String ours = DifferentialGoldenTest.ours(expressions.get(i));
            Statistics.label("expressions").collect(ours.equals("!") ? "refused" : "evaluated");
            if (!ours.equals(theirs.get(i))) {
                differences.add(expressions.get(i) + "\n  terraform " + theirs.get(i) + "\n  skyhedge  " + ours);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> expressions() {
        return new ExpressionText().any(DEEPEST).list().ofSize(BATCH);
    }
}
