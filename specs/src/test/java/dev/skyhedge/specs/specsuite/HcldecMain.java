package dev.skyhedge.specs.specsuite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.Position;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Decodes a file like the `hcldec` command: `--spec=FILE [--with-type] [--vars=JSON] [--diags=json] FILE`.
/// JSON on standard output, diagnostics on standard error, status 1 if there is an error.
public final class HcldecMain {
    private HcldecMain() {}

    /// Runs the command.
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new TreeMap<>();
        String file = "";
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                options.put(
                        equals < 0 ? argument : argument.substring(0, equals),
                        equals < 0 ? "" : argument.substring(equals + 1));
            } else {
                file = argument;
            }
        }
        Hcldec.Result result = Hcldec.decode(
                source(options.getOrDefault("--spec", "")),
                source(file),
                variables(options.getOrDefault("--vars", "{}")));
        report(result.diagnostics(), options.getOrDefault("--diags", ""), System.err);
        if (result.value().isEmpty()) {
            System.exit(1);
        }
        print(result.value().get(), options.containsKey("--with-type"), System.out);
    }

    private static Source source(String path) throws IOException {
        return Source.of(path, Files.readString(Path.of(path)));
    }

    /// JSON without templates is an expression of the language, too.
    private static Map<String, Value> variables(String json) {
        Value value = Parser.parseExpression(Source.of("vars", json), Limits.DEFAULT)
                .expression()
                .flatMap(e -> new Evaluator(
                                Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT))
                        .evaluate(e)
                        .value())
                .orElseThrow(() -> new IllegalArgumentException("Invalid --vars"));
        return value instanceof Value.ObjectValue object ? object.attributes() : Map.of();
    }

    private static void print(Value value, boolean withType, PrintStream out) {
        String json = ValueJson.write(value);
        out.println(withType ? "{\"value\":" + json + ",\"type\":\"" + value.type() + "\"}" : json);
    }

    private static void report(List<Diagnostic> diagnostics, String form, PrintStream out) throws IOException {
        if (!form.equals("json")) {
            out.print(new DiagnosticText(false).render(diagnostics));
            return;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("diagnostics");
            for (Diagnostic diagnostic : diagnostics) {
                json.writeStartObject();
                json.writeStringField("severity", diagnostic.severity().label());
                json.writeStringField("summary", diagnostic.summary());
                json.writeStringField("detail", diagnostic.detail());
                if (diagnostic.subject().isPresent()) {
                    json.writeObjectFieldStart("subject");
                    json.writeStringField(
                            "filename", diagnostic.subject().get().source().name());
                    position(json, "start", diagnostic.subject().get().start());
                    position(json, "end", diagnostic.subject().get().end());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println(text);
    }

    private static void position(JsonGenerator json, String name, Position position) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("line", position.line());
        json.writeNumberField("column", position.column());
        json.writeNumberField("byte", position.byteOffset());
        json.writeEndObject();
    }
}
