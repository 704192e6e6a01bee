package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A function with everything that is to be known about it: one entry of the table.
///
/// @param name as it is called
/// @param group heading in the reference
/// @param parameters the parameters that must be given
/// @param rest the parameter for any further arguments
/// @param result type of the result, `any` if it depends on the arguments
/// @param documentation what it does, in sentences
/// @param examples calls with their results; tests run them
/// @param effort what a call takes
/// @param implementation how
public record FunctionDefinition(
        String name,
        Group group,
        List<Parameter> parameters,
        Optional<Parameter> rest,
        Type result,
        String documentation,
        List<Example> examples,
        Effort effort,
        Implementation implementation) {

    /// Headings of the reference.
    public enum Group {
        NUMBER,
        STRING,
        COLLECTION,
        ENCODING,
        HASH,
        TIME,
        TYPE,
        FILES,
        NETWORK
    }

    /// A call and the expression that it equals.
    public record Example(String call, String result) {}

    /// `join(separator string, lists ...list(string))`.
    public String signature() {
        List<String> all = new ArrayList<>(
                parameters.stream().map(p -> p.name() + " " + p.type()).toList());
        rest.ifPresent(p -> all.add(p.name() + " ..." + p.type()));
        return all.stream().collect(Collectors.joining(", ", name + "(", ")"));
    }

    /// Starts an entry.
    static Entry function(Group group, String name) {
        return new Entry(group, name);
    }

    /// An entry being written.
    static final class Entry {
        private final Group group;
        private final String name;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private Optional<Parameter> rest = Optional.empty();
        private Type result = Type.ANY;
        private String documentation = "";
        private Effort effort = Effort.WORK;

        private Entry(Group group, String name) {
            this.group = group;
            this.name = name;
        }

        Entry takes(String parameter, Type type) {
            return takes(new Parameter(parameter, type, Form.ANYTHING, false));
        }

        Entry takes(String parameter, Form form) {
            return takes(new Parameter(parameter, Type.ANY, form, false));
        }

        Entry takesNullable(String parameter, Type type) {
            return takes(new Parameter(parameter, type, Form.ANYTHING, true));
        }

        private Entry takes(Parameter parameter) {
            parameters.add(parameter);
            return this;
        }

        Entry takesMany(String parameter, Type type) {
            return takesMany(new Parameter(parameter, type, Form.ANYTHING, false));
        }

        Entry takesMany(String parameter, Form form) {
            return takesMany(new Parameter(parameter, Type.ANY, form, false));
        }

        Entry takesManyNullable(String parameter, Type type) {
            return takesMany(new Parameter(parameter, type, Form.ANYTHING, true));
        }

        Entry takesManyNullable(String parameter, Form form) {
            return takesMany(new Parameter(parameter, Type.ANY, form, true));
        }

        private Entry takesMany(Parameter parameter) {
            rest = Optional.of(parameter);
            return this;
        }

        Entry returns(Type type) {
            result = type;
            return this;
        }

        Entry does(String text) {
            documentation = text;
            return this;
        }

        Entry takes(Effort ofCall) {
            effort = ofCall;
            return this;
        }

        Entry example(String call, String value) {
            examples.add(new Example(call, value));
            return this;
        }

        /// See [Implementation.OfKnown].
        FunctionDefinition as(Function<Arguments, Value> body) {
            return build(new Implementation.OfKnown(body));
        }

        /// See [Implementation.OfElements].
        FunctionDefinition asOfElements(Function<Arguments, Value> body) {
            return build(new Implementation.OfElements(body));
        }

        /// See [Implementation.OfAny].
        FunctionDefinition asOfAny(Function<Arguments, Value> body) {
            return build(new Implementation.OfAny(body));
        }

        /// See [Implementation.OfAttempts].
        FunctionDefinition asOfAttempts(Function<List<Supplier<Implementation.Attempt>>, Value> body) {
            return build(new Implementation.OfAttempts(body));
        }

        private FunctionDefinition build(Implementation implementation) {
            return new FunctionDefinition(
                    name,
                    group,
                    List.copyOf(parameters),
                    rest,
                    result,
                    documentation,
                    List.copyOf(examples),
                    effort,
                    implementation);
        }
    }
}
