package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.functions.FunctionException;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.functions.Surroundings;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Value;
import java.util.Map;

/// Texts of files as templates. A template sees only the names that it is given, and cannot render another one.
record TemplateFiles(FunctionTable functions, Limits limits, Budget budget, Surroundings surroundings) {
    private static final String MARKER = "SKYHEDGE_END_OF_TEMPLATE";
    /// Stands behind the text, so that neither the newline nor a strip marker at its end is lost.
    private static final String END = "\ufdd0";

    Value render(String name, String text, Map<String, Value> names) {
        String document = "<<" + MARKER + "\n" + text + END + "\n" + MARKER + "\n";
        Parser.ParsedExpression parsed = Parser.parseExpression(Source.of(name, document), limits);
        if (parsed.expression().isEmpty()) {
            throw failed(name, parsed.diagnostics().getFirst());
        }
        Evaluator evaluator =
                new Evaluator(Environment.EMPTY, functions.without("templatefile"), limits, budget, surroundings);
        try {
            Value rendered = evaluator.evaluate(parsed.expression().get(), names);
            return rendered instanceof Value.StringValue(String whole)
                    ? Value.of(whole.substring(0, whole.lastIndexOf(END)))
                    : rendered;
        } catch (EvaluationException e) {
            throw failed(name, e.diagnostic());
        }
    }

    private static FunctionException failed(String name, Diagnostic error) {
        int line = error.subject().map(range -> range.start().line() - 1).orElse(1);
        return new FunctionException(
                0, "the template " + name + " fails in line " + line + ": " + error.summary() + ": " + error.detail());
    }
}
