package dev.skyhedge.specs.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Expressions to JSON by `terraform console`. A process takes many expressions at once, each inside a `try`;
/// what `try` does not catch (syntax, undeclared names, crashes) is found by halving the batch.
final class TerraformConsole {
    static final String REFUSED = "!";
    private static final int BATCH = 50;
    private static final int SECONDS = 30;
    private static final String PRELUDE = """
            variable "n" { default = 3 }
            variable "s" { default = "str" }
            variable "l" {
              type    = list(string)
              default = ["a", "b", "c"]
            }
            variable "m" {
              type    = map(number)
              default = { us = 1, eu = 2 }
            }
            variable "objs" {
              default = [{ id = 1, r = "us", tags = { x = "p" } }, { id = 2, r = "eu", tags = { x = "q" } }]
            }
            """;

    private final Path executable;
    private final Path directory;

    private TerraformConsole(Path executable, Path directory) {
        this.executable = executable;
        this.directory = directory;
    }

    /// The one on the path, working in that directory.
    static Optional<TerraformConsole> find(Path directory) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "terraform"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(executable -> new TerraformConsole(executable, directory));
    }

    /// The JSON of each, or that it is refused.
    List<String> answers(List<String> expressions) {
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < expressions.size(); from += BATCH) {
            answers.addAll(halving(expressions.subList(from, Math.min(expressions.size(), from + BATCH))));
        }
        return answers;
    }

    /// What it prints of an expression, without the last newline; empty if it refuses.
    Optional<String> print(String expression) {
        try {
            Files.writeString(directory.resolve("main.tf"), PRELUDE);
            return output(expression + "\n").map(String::stripTrailing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> halving(List<String> expressions) {
        Optional<List<String>> answers = run(expressions);
        if (answers.isPresent() || expressions.isEmpty()) {
            return answers.orElse(List.of());
        }
        if (expressions.size() == 1) {
            return List.of(REFUSED);
        }
        int half = expressions.size() / 2;
        List<String> both = new ArrayList<>(halving(expressions.subList(0, half)));
        both.addAll(halving(expressions.subList(half, expressions.size())));
        return both;
    }

    private Optional<List<String>> run(List<String> expressions) {
        StringBuilder module = new StringBuilder(PRELUDE).append("locals {\n");
        StringBuilder all = new StringBuilder("base64encode(jsonencode([");
        for (int i = 0; i < expressions.size(); i++) {
            module.append("  c%d = try([jsonencode(\n%s\n)], [])\n".formatted(i, expressions.get(i)));
            all.append("local.c").append(i).append(", ");
        }
        try {
            Files.writeString(directory.resolve("main.tf"), module.append("}\n"));
            return output(all.append("]))\n").toString()).flatMap(text -> read(text, expressions.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> output(String question) throws IOException {
        Path input = Files.writeString(directory.resolve("question"), question);
        Path output = directory.resolve("answer");
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "console")
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().remove("TF_CLI_CONFIG_FILE");
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("terraform takes longer than " + SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue() == 0 ? Optional.of(Files.readString(output)) : Optional.empty();
    }

    private static Optional<List<String>> read(String output, int count) {
        String last = output.strip().lines().reduce("", (a, b) -> b);
        if (!last.startsWith("\"")) {
            return count == 1 ? Optional.of(List.of(REFUSED)) : Optional.empty();
        }
        byte[] json = Base64.getDecoder().decode(last.substring(1, last.length() - 1));
        try (JsonParser parser = new JsonFactory().createParser(new String(json, StandardCharsets.UTF_8))) {
            List<String> answers = new ArrayList<>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                boolean present = parser.nextToken() == JsonToken.VALUE_STRING;
                answers.add(present ? parser.getText() : REFUSED);
                if (present) {
                    parser.nextToken();
                }
            }
            return Optional.of(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
