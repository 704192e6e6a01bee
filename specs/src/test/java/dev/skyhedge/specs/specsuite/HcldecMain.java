package dev.skyhedge.specs.specsuite;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decodes files like the `hcldec` command, so that the harness of the public suite can run on our parser:
/// `--spec=FILE [--with-type] [--keep-nulls] [--var-refs] [--vars=JSON|FILE] [--diags=json] [--out=FILE]
/// [FILE…]`, without a file from standard input. JSON on standard output, diagnostics on standard error; status
/// 2 if there is an error in a file, 1 for anything else.
public final class HcldecMain {
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, Value> variables = new LinkedHashMap<>();
    private final List<String> files = new ArrayList<>();
    private final PrintStream out;
    private final PrintStream err;

    private HcldecMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// Runs the command.
    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    /// @return the exit status
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        HcldecMain command = new HcldecMain(out, err);
        try {
            command.parse(arguments);
            return command.run();
        } catch (IOException | RuntimeException e) {
            err.println("Error: " + e);
            return 1;
        }
    }

    private void parse(List<String> arguments) throws IOException {
        Map<String, String> shorts = Map.of("-s", "--spec", "-o", "--out", "-V", "--vars", "-v", "--version");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.equals("-")) {
                files.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String given = equals < 0 ? argument : argument.substring(0, equals);
            String name = shorts.getOrDefault(given, given);
            boolean takesValue = List.of("--spec", "--out", "--vars", "--diags").contains(name);
            String value = equals >= 0 ? argument.substring(equals + 1) : takesValue ? arguments.get(++i) : "true";
            if (name.equals("--vars")) {
                variables.putAll(read(value));
            } else {
                options.put(name, value);
            }
        }
    }

    private boolean has(String option) {
        return options.getOrDefault(option, "false").equals("true");
    }

    private int run() throws IOException {
        if (has("--version")) {
            out.println("0.0.1-dev");
            return 0;
        }
        Source spec = source(Optional.ofNullable(options.get("--spec"))
                .orElseThrow(() -> new IllegalArgumentException("the --spec=... argument is required")));
        List<Source> inputs = new ArrayList<>();
        for (String file : files) {
            inputs.add(source(file));
        }
        if (inputs.isEmpty()) {
            inputs.add(Source.of("<stdin>", new String(System.in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        if (has("--var-refs")) {
            Parser.Parsed parsed = Parser.parse(inputs.getFirst(), Limits.DEFAULT);
            return parsed.diagnostics().isEmpty()
                    ? print(VariableReferences.write(parsed.body()))
                    : report(parsed.diagnostics());
        }
        Hcldec.Result result = Hcldec.decode(spec, inputs, variables);
        return result.value().isEmpty()
                ? report(result.diagnostics())
                : print(TypedJson.write(result.value().get(), has("--with-type"), has("--keep-nulls")));
    }

    private int report(List<Diagnostic> diagnostics) {
        boolean json = options.getOrDefault("--diags", "").equals("json");
        err.println(json ? DiagnosticsJson.write(diagnostics) : new DiagnosticText(false).render(diagnostics));
        return 2;
    }

    private int print(String json) throws IOException {
        if (options.containsKey("--out")) {
            Files.writeString(Path.of(options.get("--out")), json + "\n");
        } else {
            out.println(json);
        }
        return 0;
    }

    private static Source source(String path) throws IOException {
        String text = Files.readString(Path.of(path));
        return Source.of(path, text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /// A JSON object, which without templates is an expression of the language, too; or a file of one, or of
    /// arguments.
    private static Map<String, Value> read(String json) throws IOException {
        if (json.strip().startsWith("{")) {
            Value value = Parser.parseExpression(Source.of("--vars", json), Limits.DEFAULT)
                    .expression()
                    .flatMap(HcldecMain::evaluate)
                    .orElseThrow(() -> new IllegalArgumentException("Invalid --vars"));
            return value instanceof Value.ObjectValue object ? object.attributes() : Map.of();
        }
        Source file = source(json);
        if (json.endsWith(".json")) {
            return read(file.text());
        }
        Map<String, Value> values = new LinkedHashMap<>();
        Parser.parse(file, Limits.DEFAULT)
                .body()
                .attributes()
                .forEach(a -> evaluate(a.expression()).ifPresent(value -> values.put(a.name(), value)));
        return values;
    }

    private static Optional<Value> evaluate(Expression expression) {
        return new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT))
                .evaluate(expression)
                .value();
    }
}
