package dev.skyhedge.cli;

import dev.skyhedge.specs.graph.ReferenceGraph;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyhedge graph`.
@CommandLine.Command(name = "graph", description = "Prints what refers to what in a spec, for Graphviz or Mermaid.")
final class GraphCommand extends Command {
    /// The languages of graphs.
    enum Form {
        DOT,
        MERMAID
    }

    @Mixin
    SpecArguments spec = new SpecArguments();

    @Option(
            names = "--format",
            paramLabel = "dot|mermaid",
            defaultValue = "dot",
            description = "Default ${DEFAULT-VALUE}.")
    Form form = Form.DOT;

    GraphCommand(Context context) {
        super(context);
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
