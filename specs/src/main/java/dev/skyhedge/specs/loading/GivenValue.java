package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;

/// A value for a variable from outside of the spec. Later ones win over earlier ones.
sealed interface GivenValue {
    /// The variable.
    String name();

    /// An attribute of a file of variables.
    record InFile(Body.Attribute attribute) implements GivenValue {
        @Override
        public String name() {
            return attribute.name();
        }
    }

    /// A text of the command line.
    record OnCommandLine(String name, String text) implements GivenValue {
        Source source() {
            return Source.of("-var " + name, text);
        }
    }

    /// A text of an environment variable.
    record InEnvironment(String name, String text) implements GivenValue {
        Source source() {
            return Source.of("SKYHEDGE_VAR_" + name, text);
        }
    }

    /// An argument of a `module` block.
    record InModule(Body.Attribute attribute, Value value) implements GivenValue {
        @Override
        public String name() {
            return attribute.name();
        }
    }
}
