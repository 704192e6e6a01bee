package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Whatever is typed: it is answered in words of its user, not of the language that this is written in.
class BadArgumentsTest extends ShellFixture {
    private static final Pattern JAVA = Pattern.compile(
            "Exception|java\\.|javax\\.|\\tat |dev\\.skyhedge|picocli|has a bug|Optional\\[|\\ban? (int|long|double)\\b");
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "x",
            "-1",
            "0",
            "99999999999999999999",
            "1e999",
            "NaN",
            "0x10",
            "nosuch.hcl",
            "no/such/dir",
            "=",
            "a=",
            "=b",
            "a=b",
            "ü",
            "*",
            "${x}",
            "\"",
            "1s",
            "-5s",
            "jdbc:foo",
            "jdbc:postgresql:",
            "a/b/c",
            "%s",
            "http://",
            "[::1",
            "@nope",
            "simulated/*/*",
            "latin1.hcl",
            "list.hcl",
            "a b",
            "2026-99-99",
            "\u0000");
    private static final int LINES = 400;

    @Test
    void noCommandAnswersInJava() throws Exception {
        Files.write(shell.file("latin1.hcl"), "service \"gr\u00fc\u00df\" {}".getBytes(StandardCharsets.ISO_8859_1));
        shell.write("list.hcl", "x = [");
        var random = new Random(42);
        List<Typed> commands = commands();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String[] line = line(commands.get(i % commands.size()), random);
            Shell.Result result = shell.run(line);
            if (JAVA.matcher(result.both()).find()) {
                seen.add(String.join(" ", line) + "\n" + result.both());
            }
        }

        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan chat.hcl -var=x                | is not of the form NAME=VALUE",
                "state history -limit=many           | \"many\" is not a whole number",
                "state history -limit=-1             | is not a number from 1 on",
                "state history -limit=99999999999    | is too large",
                "watch chat.hcl -admin-port=99999    | is not a port, which is from 0 to 65535",
                "load http://127.0.0.1:1 -rps=NaN    | is not a number such as 10 or 0.5",
                "force-unlock x                      | is not a whole number",
                "show nothing.plan                   | it does not exist",
                "apply nothing.plan                  | There is no file or directory",
                "aply chat.hcl                       | skyhedge apply",
                "taint chat-1                        | -replace",
                "refresh                             | skyhedge plan",
            })
    void aMistakeIsAnsweredWithWhatWasExpected(String line, String answer) {
        Shell.Result result = shell.run(line.strip().split(" "));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("Error: ").contains(answer).doesNotContainPattern(JAVA);
    }

    @ParameterizedTest
    @CsvSource({"fmt", "validate", "plan", "apply"})
    void aFileThatIsNotUtf8IsNamed(String command) throws Exception {
        Files.write(shell.file("latin1.hcl"), "# gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1));

        Shell.Result result = shell.run(command, "latin1.hcl");

        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("latin1.hcl").contains("not encoded in UTF-8");
    }

    @Test
    void theWaysToAskForTheVersionAreOne() {
        String version = shell.run("version").out();

        assertThat(shell.run("-version").out()).isEqualTo(version);
        assertThat(shell.run("--version").out()).isEqualTo(version);
        assertThat(shell.run("-v").out()).isEqualTo(version);
    }

    @Test
    void helpIsACommandToo() {
        assertThat(shell.run("help")).isEqualTo(shell.run("--help"));
        assertThat(shell.run("help", "plan")).isEqualTo(shell.run("plan", "--help"));
        assertThat(shell.run("help", "state", "history")).isEqualTo(shell.run("state", "history", "--help"));
        assertThat(shell.run("help", "aply").err()).contains("skyhedge apply");
    }

    @Test
    void initSaysThatThereIsNothingToInitialise() {
        Shell.Result good = shell.run("init", "chat.hcl");

        assertThat(good.code()).isZero();
        assertThat(good.out()).contains("nothing to initialise").contains("skyhedge plan");
        assertThat(shell.run("init", "nosuch.hcl").code()).isEqualTo(1);
    }

    @Test
    void anOutputMayBeNamedAfterTheSpec() {
        assertThat(shell.run("output", "chat.hcl", "model", "-raw").out()).isEqualTo("mini\n");
        assertThat(shell.run("output", "chat.hcl", "modell").err()).contains("Output \"modell\" not found");
    }

    private record Typed(List<String> words, CommandLine command) {}

    private List<Typed> commands() {
        List<Typed> all = new ArrayList<>();
        collect(List.of(), SkyhedgeCommand.commandLine(shell.context()), all);
        // They would go on until they are told to end.
        all.removeIf(one -> List.of("watch", "load", "fake-engine", "logs", "events", "console")
                .contains(one.words().getFirst()));
        return all;
    }

    private static void collect(List<String> words, CommandLine command, List<Typed> all) {
        if (!words.isEmpty()) {
            all.add(new Typed(words, command));
        }
        command.getSubcommands().forEach((name, below) -> {
            List<String> deeper = new ArrayList<>(words);
            deeper.add(name);
            collect(deeper, below, all);
        });
    }

    private static String[] line(Typed typed, Random random) {
        List<String> line = new ArrayList<>(typed.words());
        List<OptionSpec> options = typed.command().getCommandSpec().options().stream()
                // What is written there would stay.
                .filter(option -> !List.of("--out", "--state", "--report", "--watch", "--help", "--protocol")
                        .contains(option.longestName()))
                .toList();
        for (int i = random.nextInt(3); i >= 0 && !options.isEmpty(); i--) {
            OptionSpec option = options.get(random.nextInt(options.size()));
            line.add(random.nextInt(4) == 0 ? option.longestName() : option.longestName() + "=" + nasty(random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            line.add(random.nextInt(3) == 0 ? "chat.hcl" : nasty(random));
        }
        return line.toArray(String[]::new);
    }

    private static String nasty(Random random) {
        return NASTY.get(random.nextInt(NASTY.size()));
    }
}
