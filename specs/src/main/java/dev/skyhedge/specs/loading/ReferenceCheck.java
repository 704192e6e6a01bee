package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.evaluation.Reference;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.syntax.Expression;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Resolves references before anything is evaluated: what is not declared is an error even where it would never
/// be evaluated.
final class ReferenceCheck {
    /// What other languages call the words of this one.
    private static final Map<String, String> WORDS =
            Map.of("true", "true", "false", "false", "null", "null", "none", "null", "nil", "null");

    private final Declarations declarations;
    private final Language language;
    private final FunctionTable functions;
    /// What a reference may start with.
    private final List<String> roots;
    private final Consumer<Diagnostic> sink;

    ReferenceCheck(Declarations declarations, Language language, FunctionTable functions, Consumer<Diagnostic> sink) {
        this.declarations = declarations;
        this.language = language;
        this.functions = functions;
        this.roots = Stream.of(
                        Stream.of("var", "local"),
                        language.names().stream(),
                        Stream.of("module", "each", "count", "path"))
                .flatMap(words -> words)
                .toList();
        this.sink = sink;
    }

    /// Checks an expression.
    ///
    /// @param instance names of `each` and `count` that exist there, such as `each.key`
    /// @return whether all is well
    boolean check(Expression expression, String context, Set<String> instance) {
        boolean well = true;
        for (Reference reference : Reference.in(expression)) {
            well &= reference(reference, context, instance);
        }
        for (Expression.Call call : Reference.callsIn(expression)) {
            if (functions.find(call.function()).isEmpty()) {
                well = wrong(
                        Diagnostic.error(
                                call.nameRange(),
                                "Call to unknown function",
                                "There is no function named \"" + call.function() + "\"."
                                        + Suggestions.sentence(call.function(), functions.names())),
                        context);
            }
        }
        return well;
    }

    /// What a reference to nothing may have been meant as.
    private String meant(Reference reference) {
        String name = reference.root();
        String word = WORDS.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        if (!word.isEmpty()) {
            return " Did you mean " + word + "?";
        }
        if (!reference.name().isEmpty()) {
            return Suggestions.sentence(name, roots);
        }
        String declared = declarations.variables().containsKey(name)
                ? " Did you mean var." + name + "?"
                : declarations.locals().containsKey(name) ? " Did you mean local." + name + "?" : "";
        return (declared.isEmpty() ? Suggestions.sentence(name, roots) : declared)
                + " If you meant text, put it in double quotes: \"" + name + "\".";
    }

    private boolean reference(Reference reference, String context, Set<String> instance) {
        if (instance.contains(reference.root() + "." + reference.name())) {
            return true;
        }
        List<String> here = instance.stream()
                .filter(name -> name.startsWith(reference.root() + "."))
                .map(name -> name.substring(reference.root().length() + 1))
                .sorted()
                .toList();
        if (!roots.contains(reference.root()) && !here.isEmpty()) {
            return wrong(Diagnostic.error(reference.range(), "Invalid reference", onlyHere(reference, here)), context);
        }
        if (!roots.contains(reference.root())) {
            String name = reference.root();
            return wrong(
                    Diagnostic.error(
                            reference.range(),
                            "Invalid reference",
                            "There is nothing named \"" + name
                                    + "\" here. References start with var, local, "
                                    + String.join(", ", language.names()) + ", module or path."
                                    + meant(reference)),
                    context);
        }
        if (reference.name().isEmpty()) {
            return wrong(
                    Diagnostic.error(
                            reference.range(),
                            "Invalid reference",
                            "The \"" + reference.root()
                                    + "\" object cannot be used as a whole. Name one of its attributes: "
                                    + reference.root() + ".NAME."),
                    context);
        }
        return switch (reference.root()) {
            case "var" ->
                declared(reference, declarations.variables().keySet(), "input variable", "variable \"%s\" {}", context);
            case "local" ->
                declared(reference, declarations.locals().keySet(), "local value", "locals { %s = … }", context);
            case "module" ->
                declared(reference, declarations.modules().keySet(), "module", "module \"%s\" { … }", context);
            case "path" ->
                List.of("module", "root").contains(reference.name())
                        || wrong(
                                Diagnostic.error(
                                        reference.range(),
                                        "Invalid reference",
                                        "There is path.module and path.root only."),
                                context);
            case "each", "count" -> instance(reference, context);
            default -> workload(reference, context);
        };
    }

    /// @param names what there is of its root in the block in which it stands, and nowhere else
    private static String onlyHere(Reference reference, List<String> names) {
        String hint = Suggestions.sentence(reference.name(), names);
        return "There is no " + reference.root() + "." + reference.name() + " here."
                + (hint.isEmpty() ? " There is " + reference.root() + "." + String.join(", ", names) + "." : hint);
    }

    private boolean workload(Reference reference, String context) {
        String kind = reference.root();
        if (declarations.workloads().containsKey(kind + "." + reference.name())) {
            return true;
        }
        List<String> names = declarations.workloads().values().stream()
                .filter(block -> block.type().equals(kind))
                .map(block -> block.labels().getFirst().text())
                .toList();
        return declared(reference, names, kind, kind + " \"%s\" { … }", context);
    }

    private boolean instance(Reference reference, String context) {
        String detail = reference.root().equals("each")
                ? "each.key and each.value exist in a service with for_each only."
                : "count.index exists in a service with count only.";
        return wrong(Diagnostic.error(reference.range(), "Invalid reference", detail), context);
    }

    private boolean declared(Reference reference, Collection<String> names, String what, String how, String context) {
        if (names.contains(reference.name())) {
            return true;
        }
        String hint = Suggestions.sentence(reference.name(), names);
        return wrong(
                Diagnostic.error(
                        reference.range(),
                        "Reference to undeclared " + what,
                        "There is no " + what
                                + " named \"" + reference.name() + "\"."
                                + (hint.isEmpty()
                                        ? " Declare it: " + String.format(Locale.ROOT, how, reference.name())
                                        : hint)),
                context);
    }

    private boolean wrong(Diagnostic diagnostic, String context) {
        sink.accept(context.isEmpty() ? diagnostic : diagnostic.in(context));
        return false;
    }
}
