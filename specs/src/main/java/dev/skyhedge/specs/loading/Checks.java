package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.CheckResult.Status;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The `check` blocks, whose failures are warnings.
final class Checks {
    private Checks() {}

    static CheckResult evaluate(String address, Body.Block block, Evaluator evaluator, Consumer<Diagnostic> sink) {
        Conditions conditions = new Conditions(evaluator, block.title(), sink);
        List<String> messages = new ArrayList<>();
        Status status = Status.PASS;
        for (Body.Block rule : block.body().blocks("assert")) {
            Optional<Conditions.Outcome> outcome = conditions.evaluate(rule);
            Status one = outcome.map(Conditions.Outcome::status).orElse(Status.UNKNOWN);
            if (one == Status.FAIL) {
                String message = outcome.orElseThrow().message();
                messages.add(message);
                sink.accept(Diagnostic.warning(rule.header(), "Check block assertion failed", message)
                        .in(block.title()));
            }
            status = worse(status, one);
        }
        return new CheckResult(address, status, messages);
    }

    private static Status worse(Status a, Status b) {
        if (a == Status.FAIL || b == Status.FAIL) {
            return Status.FAIL;
        }
        return a == Status.UNKNOWN ? a : b;
    }
}
