package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.loading.SpecExpressions;
import dev.skyhedge.specs.syntax.Completeness;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import dev.skyhedge.specs.values.ValueJson;
import dev.skyhedge.specs.values.ValueText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// `skyhedge console`.
public final class ConsoleCommand extends Command {
    private static final String PROMPT = "> ";
    private static final String CONTINUATION = ": ";
    private static final int LONGEST_INPUT = 1 << 20;

    SpecArguments spec = new SpecArguments();
    StateArguments state = new StateArguments();
    boolean json;

    public ConsoleCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Evaluates expressions, one a line, beside a spec or without one. Changes nothing.",
                "A line with an open bracket or heredoc goes on in the next. Ends with Ctrl-D or exit.",
                "Not from a terminal it stops at the first error with exit code 1.");
        declared.examples(
                "  skyhedge console chat.hcl",
                "  echo 'service.chat.ready_replicas' | skyhedge console",
                "  echo 'cidrsubnet(\"10.0.0.0/16\", 8, 2)' | skyhedge console -json");
        spec.declare(declared);
        state.declare(declared);
        declared.flag("--json", "Each result as JSON on one line.", on -> json = on);
    }

    @Override
    protected int run() {
        SpecExpressions.Opened opened = spec.tryOpen(context());
        complain(opened.diagnostics());
        if (opened.expressions().isEmpty()) {
            return ExitCode.FAILED;
        }
        state.beside(spec.directory());
        var services = new RecordedServices(context(), state);
        Optional<Source> next = next();
        while (next.isPresent() && !isExit(next.get())) {
            if (!answer(opened.expressions().get().evaluate(next.get(), services))
                    && !terminal().interactive()) {
                return ExitCode.FAILED;
            }
            next = next();
        }
        return ExitCode.OK;
    }

    private static boolean isExit(Source source) {
        return source.text().strip().equals("exit");
    }

    /// The next expression, as many lines as it takes; empty at the end.
    private Optional<Source> next() {
        StringBuilder lines = new StringBuilder();
        while (true) {
            Optional<String> line = line(lines.isEmpty() ? PROMPT : CONTINUATION);
            lines.append(line.map(text -> text + "\n").orElse(""));
            Source source = Source.of("<console-input>", lines.toString());
            Completeness completeness = Completeness.of(source, Limits.DEFAULT);
            if (completeness == Completeness.EMPTY) {
                lines.setLength(0);
            } else if (completeness == Completeness.COMPLETE || line.isEmpty() || lines.length() > LONGEST_INPUT) {
                return Optional.of(source);
            }
            if (line.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    private Optional<String> line(String prompt) {
        if (terminal().interactive()) {
            return terminal().ask(prompt);
        }
        try {
            return Optional.ofNullable(terminal().in().readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input is gone", e);
        }
    }

    /// Shows a result or what is wrong.
    ///
    /// @return whether there is a result
    private boolean answer(SpecExpressions.Result result) {
        Evaluation evaluation = result.evaluation();
        complain(evaluation.diagnostics());
        if (evaluation.value().isEmpty()) {
            return false;
        }
        Value value = evaluation.value().get();
        try {
            say(json ? ValueJson.write(value) : text(value, result.namesType()));
            return true;
        } catch (ValueException e) {
            complain(List.of(Diagnostic.error("Result cannot be shown", e.reason())));
            return false;
        }
    }

    private static String text(Value value, boolean namesType) {
        return namesType && value instanceof Value.StringValue(String name) ? name : ValueText.of(value);
    }
}
