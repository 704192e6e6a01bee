package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.schema.AttributeDefinition;
import dev.skyhedge.specs.schema.AttributeType;
import dev.skyhedge.specs.schema.BlockDecoder;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.schema.WorkloadDefinition;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the language gives to each kind of workload, also to one that it has never heard of.
class WorkloadKindsTest {
    private static final String SERVICE = """
            service "%s" {
              replica {
                image = "x"
                port  = 1
                env   = { %s }
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
            }
            """;

    @TempDir
    private Path directory;

    private record Job(String name, String address, List<String> dependsOn, List<CheckResult> preconditions)
            implements WorkloadSpec {
        @Override
        public String kind() {
            return "job";
        }

        @Override
        public WorkloadSpec after(List<String> workloads) {
            return new Job(name, address, workloads, preconditions);
        }

        @Override
        public WorkloadSpec under(List<CheckResult> open) {
            return new Job(name, address, dependsOn, open);
        }
    }

    private static final class Jobs implements WorkloadDefinition {
        private static final BlockDefinition JOB = BlockDefinition.block(
                        "job",
                        BlockDefinition.Occurrence.ANY,
                        "Something to do.",
                        List.of(
                                AttributeDefinition.required("task", AttributeType.TEXT, "\"sort\"", "What."),
                                AttributeDefinition.optional("count", AttributeType.whole(0, 9), "2", "How many."),
                                AttributeDefinition.optional(
                                        "depends_on", AttributeType.ADDRESSES, "[service.a]", "After what.")))
                .labelled("name")
                .with(PRECONDITION);

        @Override
        public BlockDefinition block() {
            return JOB;
        }

        @Override
        public Optional<WorkloadSpec> decode(
                Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink) {
            return new BlockDecoder(names, block.title(), sink)
                    .decode(block, JOB, List.of("count"))
                    .map(ignored -> new Job(name, address, List.of(), List.of()));
        }

        @Override
        public void check(Body.Block block, Evaluator names, Consumer<Diagnostic> sink) {
            decode(block, "", "", names, sink);
        }

        @Override
        public SequencedMap<String, Value> attributes(WorkloadSpec workload, Value readyReplicas) {
            SequencedMap<String, Value> attributes = new LinkedHashMap<>();
            attributes.put("title", Value.of("the " + workload.name()));
            return attributes;
        }
    }

    private LoadedSpec load(String... parts) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), String.join("\n", parts));
        return SpecLoader.load(SpecRequest.of(directory).in(Language.STANDARD.with(new Jobs())));
    }

    private Spec spec(String... parts) throws IOException {
        LoadedSpec loaded = load(parts);
        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEmpty();
        return loaded.spec().orElseThrow();
    }

    private String report(String... parts) throws IOException {
        return new DiagnosticText(false).render(load(parts).diagnostics());
    }

    private static String service(String name, String env) {
        return SERVICE.formatted(name, env);
    }

    private static String job(String name, String more) {
        return "job \"" + name + "\" {\n  task = \"sort\"\n" + more + "}\n";
    }

    private static WorkloadAddress address(String text) {
        return WorkloadAddress.parse(text).orElseThrow();
    }

    @Test
    void workloadsOfAllKindsStandInTheOrderOfTheFile() throws IOException {
        Spec spec = spec(job("first", ""), service("second", ""), job("third", "  count = 2\n"));

        assertThat(spec.workloads().values())
                .extracting(WorkloadSpec::address)
                .containsExactly("job.first", "service.second", "job.third[0]", "job.third[1]");
        assertThat(spec.services()).containsOnlyKeys("second");
        assertThat(spec.of(Job.class)).containsOnlyKeys("first", "third-0", "third-1");
    }

    @Test
    void oneKindRefersToAnotherAndWaitsForIt() throws IOException {
        Spec spec = spec(
                service("chat", "TITLE = job.index.title"),
                job("index", ""),
                job("after", "  depends_on = [service.chat]\n"));

        assertThat(spec.service("chat").orElseThrow().replica().env().get("TITLE"))
                .isEqualTo(new EnvValue.Plain("the index"));
        assertThat(spec.of(Job.class).values())
                .filteredOn(job -> job.name().equals("after"))
                .singleElement()
                .satisfies(job -> assertThat(job.dependsOn()).containsExactly("chat"));
    }

    @Test
    void namesAreUniqueAmongAllKinds() throws IOException {
        assertThat(report(service("chat", ""), job("chat", "")))
                .contains("Duplicate name", "job.chat would be named \"chat\" like the service at main.hcl:1");
    }

    @Test
    void aKindMayBeNamedTwiceInOneFileOnlyByDifferentNames() throws IOException {
        assertThat(report(job("index", ""), job("index", ""))).contains("A job named \"index\" was already declared");
    }

    @Test
    void aReferenceToAnUndeclaredOneSaysHowToDeclareIt() throws IOException {
        assertThat(report(service("chat", "TITLE = job.index.title")))
                .contains("Reference to undeclared job", "Declare it: job \"index\" { … }");
    }

    @Test
    void aReferenceThatStartsWithNothingNamesAllKinds() throws IOException {
        assertThat(report(service("chat", "TITLE = jub.index.title")))
                .contains(
                        "References start with var, local, service, sweep, job, module or path. Did you mean \"job\"?");
    }

    @Test
    void aPreconditionStopsIt() throws IOException {
        String condition = "  precondition {\n    condition     = false\n    error_message = \"Not now.\"\n  }\n";

        assertThat(report(job("index", condition))).contains("Job precondition failed", "Not now.");
    }

    @Test
    void aMoveStaysWithinItsKind() throws IOException {
        String move = "moved {\n  from = job.old\n  to   = %s.index\n}\n";

        assertThat(spec(job("index", ""), move.formatted("job")).moved())
                .containsExactly(new Moved(address("job.old"), address("job.index")));
        assertThat(report(service("index", ""), move.formatted("service")))
                .contains("Invalid move", "A job cannot become a service.");
    }

    @Test
    void anAddressIsOfAKindThatThereIs() throws IOException {
        assertThat(report(job("index", ""), "removed {\n  from = lamp.old\n}\n"))
                .contains("Invalid address", "The address of a service or sweep or job is required");
    }

    @Test
    void withoutItTheLanguageDoesNotKnowItsBlock() throws IOException {
        Files.writeString(directory.resolve("main.hcl"), job("index", ""));

        assertThat(new DiagnosticText(false)
                        .render(SpecLoader.load(SpecRequest.of(directory)).diagnostics()))
                .contains("Blocks of type \"job\" are not expected here.");
    }
}
