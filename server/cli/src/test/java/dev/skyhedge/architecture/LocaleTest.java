package dev.skyhedge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is written and compared is the same in every locale: "I" is not "i" in Turkish, and digits of `%d` are not
/// ASCII in Arabic.
class LocaleTest {
    /// Methods that have a variant with a locale, which is the one to call; `formatted` has none.
    private static final Set<String> FOLDING = Set.of("toLowerCase", "toUpperCase", "format", "formatted", "printf");

    private static final Pattern FOLDING_SQL = Pattern.compile("(?i)\\b(lower|upper)\\s*\\(\\s*\\w");

    @Test
    void noTextIsFoldedOrFormattedWithoutALocale() {
        noClasses()
                .should()
                .accessTargetWhere(describe("the locale of the process decides", LocaleTest::dependsOnTheProcess))
                .check(HouseClasses.ALL);
    }

    @Test
    void theRuleSeesEveryFormOfIt() {
        List<String> seen = new ClassFileImporter()
                .importClasses(Folds.class).stream()
                        .flatMap(one -> one.getAccessesFromSelf().stream())
                        .filter(LocaleTest::dependsOnTheProcess)
                        .map(access -> access.getTarget().getName())
                        .sorted()
                        .toList();

        assertThat(seen).containsExactly("format", "formatted", "toLowerCase");
    }

    @Test
    void noStatementLetsTheDatabaseFoldLetters() throws IOException {
        try (Stream<Path> sources = Files.walk(Paths.get("../../state/store/src/main"))) {
            List<Path> folding = sources.filter(Files::isRegularFile)
                    .filter(file -> FOLDING_SQL.matcher(read(file)).find())
                    .toList();

            assertThat(folding).isEmpty();
        }
    }

    private static boolean dependsOnTheProcess(JavaAccess<?> access) {
        String name = access.getName();
        String owner = access.getTargetOwner().getName();
        return FOLDING.contains(name)
                && (owner.equals("java.lang.String") || owner.startsWith("java.io.Print"))
                && !access.getDescription().contains(Locale.class.getName());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings({"StringCaseLocaleUsage", "AnnotateFormatMethod"})
    private static final class Folds {
        static String all(String text) {
            return text.toLowerCase()
                    + text.toUpperCase(Locale.ROOT)
                    + String.format("%d", 1)
                    + "%d".formatted(1)
                    + String.format(Locale.ROOT, "%d", 1);
        }
    }
}
