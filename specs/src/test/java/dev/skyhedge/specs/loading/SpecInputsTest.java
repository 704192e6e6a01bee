package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecInputsTest {
    @TempDir
    private Path directory;

    private Path values;

    @BeforeEach
    void write() throws IOException {
        values = directory.resolve("elsewhere/values.txt");
        write("spec/main.hcl", """
                module "inner" {
                  source = "./inner"
                  text   = file("text.txt")
                }
                variable "a" {}
                locals {
                  names = fileset("parts", "*")
                  there = fileexists("maybe.txt")
                }
                """);
        write("spec/inner/inner.hcl", "variable \"text\" {}\n");
        write("spec/text.txt", "hello");
        write("spec/parts/one", "1");
        write("elsewhere/values.txt", "a = 1\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LoadedSpec load() {
        return SpecLoader.load(new SpecRequest(
                directory.resolve("spec"), List.of(new VariableSource.File(values)), Map.of(), Limits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "spec/main.hcl",
        "spec/inner/inner.hcl",
        "spec/inner/another.hcl",
        "spec/another.hcl",
        "spec/some.auto.hclvars",
        "spec/skyhedge.vars",
        "spec/text.txt",
        "spec/parts/two",
        "elsewhere/values.txt",
        "spec/maybe.txt"
    })
    void aLookSeesWhateverALaterReadingWouldSee(String changed) throws IOException {
        SpecInputs inputs = load().inputs();
        String before = inputs.look();

        write(changed, "# changed");

        assertThat(inputs.look()).isNotEqualTo(before);
    }

    @Test
    void filesThatAreWrittenAnewWithTheirOldContentsHaveNotChanged() throws IOException {
        LoadedSpec loaded = load();
        String before = loaded.inputs().look();
        String text = Files.readString(directory.resolve("spec/main.hcl"));

        write("spec/main.hcl", "");
        assertThat(loaded.inputs().look()).isNotEqualTo(before);
        write("spec/main.hcl", text);

        assertThat(loaded.inputs().look()).isEqualTo(before);
        assertThat(load().digest()).isEqualTo(loaded.digest());
    }

    @Test
    void whatIsNotReadIsNotLookedAt() throws IOException {
        SpecInputs inputs = load().inputs();
        String before = inputs.look();

        write("spec/.#main.hcl", "x");
        write("spec/main.hcl~", "x");
        write("spec/README", "x");

        assertThat(inputs.look()).isEqualTo(before);
    }

    private String digest(String name) {
        return SpecLoader.load(SpecRequest.of(directory.resolve(name))).digest();
    }

    @Test
    void theSameSpecElsewhereHasTheSameDigest() throws IOException {
        write("one/main.hcl", "locals { a = file(\"text.txt\") }");
        write("one/text.txt", "hello");
        write("two/main.hcl", "locals { a = file(\"text.txt\") }");
        write("two/text.txt", "hello");

        assertThat(digest("two")).isEqualTo(digest("one"));
        write("two/text.txt", "other");
        assertThat(digest("two")).isNotEqualTo(digest("one"));
    }

    @Test
    void aFileThatIsMovedToItsPlaceChangesNowHoweverOldItIs() throws IOException {
        Path draft = directory.resolve("draft");
        Files.copy(directory.resolve("spec/main.hcl"), draft);
        Instant moved = Instant.now().minusSeconds(2);
        Files.setLastModifiedTime(draft, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(draft, directory.resolve("spec/main.hcl"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(load().inputs().changedAt().orElseThrow()).isAfter(moved);
    }

    private List<String> errors() {
        return load().diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::detail)
                .toList();
    }

    @Test
    void aLinkThatLeadsNowhereIsAnError() throws IOException {
        Files.createSymbolicLink(directory.resolve("spec/web.hcl"), Path.of("gone.hcl"));

        assertThat(errors()).singleElement().asString().contains("web.hcl").contains("symbolic link to gone.hcl");
    }

    @Test
    void linksInACircleAreAnError() throws IOException {
        Files.createSymbolicLink(directory.resolve("spec/a.hcl"), Path.of("b.hcl"));
        Files.createSymbolicLink(directory.resolve("spec/b.hcl"), Path.of("a.hcl"));

        assertThat(errors()).hasSize(2).allMatch(text -> text.contains("leads back to itself"));
    }

    @Test
    void aDirectoryWithTheNameOfASpecIsAnError() throws IOException {
        Files.createDirectory(directory.resolve("spec/web.hcl"));

        assertThat(errors()).singleElement().asString().contains("web.hcl: it is a directory");
    }

    @Test
    void aPipeIsAnErrorAndNobodyWaitsForItsOtherEnd() throws IOException, InterruptedException {
        Path pipe = directory.resolve("spec/web.hcl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(errors()).singleElement().asString().contains("it is a pipe");
        assertThat(SpecLoader.load(SpecRequest.of(pipe)).diagnostics())
                .extracting(Diagnostic::detail)
                .singleElement()
                .asString()
                .contains("it is a pipe");
    }

    @Test
    void aBrokenLinkThatIsNamedIsCalledOne() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("web.hcl"), Path.of("gone.hcl"));

        assertThat(SpecLoader.load(SpecRequest.of(link)).diagnostics())
                .extracting(Diagnostic::detail)
                .singleElement()
                .asString()
                .contains("symbolic link to gone.hcl");
    }
}
