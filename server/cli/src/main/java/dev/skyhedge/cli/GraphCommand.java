package dev.skyhedge.cli;

import dev.skyhedge.specs.graph.ReferenceGraph;

/// `skyhedge graph`.
final class GraphCommand extends Command {
    /// The languages of graphs.
    enum Form {
        DOT,
        MERMAID
    }

    SpecArguments spec = new SpecArguments();
    Form form = Form.DOT;

    GraphCommand(Context context) {
        super(context);
    }

    @Override
    void declare(Declaration declared) {
        declared.does("Prints what refers to what in a spec, for Graphviz or Mermaid.");
        spec.declare(declared);
        declared.option("--format", "dot|mermaid", OptionValues.oneOf(Form.class))
                .byDefault("dot")
                .help("Default ${DEFAULT-VALUE}.")
                .into(value -> form = value);
    }

    @Override
    int run() {
        var graph = ReferenceGraph.of(spec.load(context()));
        say(
                switch (form) {
                    case DOT -> graph.dot();
                    case MERMAID -> graph.mermaid();
                });
        return ExitCode.OK;
    }
}
