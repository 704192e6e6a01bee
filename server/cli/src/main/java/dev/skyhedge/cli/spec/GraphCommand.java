package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.graph.ReferenceGraph;

/// `skyhedge graph`.
public final class GraphCommand extends Command {
    /// The languages of graphs.
    enum Form {
        DOT,
        MERMAID
    }

    SpecArguments spec = new SpecArguments();
    Form form = Form.DOT;

    public GraphCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Prints what refers to what in a spec, for Graphviz or Mermaid.");
        spec.declare(declared);
        declared.option("--format", "dot|mermaid", OptionValues.oneOf(Form.class))
                .byDefault("dot")
                .help("Default ${DEFAULT-VALUE}.")
                .into(value -> form = value);
    }

    @Override
    protected int run() {
        var graph = ReferenceGraph.of(spec.load(context()));
        say(
                switch (form) {
                    case DOT -> graph.dot();
                    case MERMAID -> graph.mermaid();
                });
        return ExitCode.OK;
    }
}
