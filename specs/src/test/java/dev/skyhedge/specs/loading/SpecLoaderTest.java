package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecLoaderTest {
    private static final String SERVICE = """
            service "%s" {
              replica {
                image = "x"
                port  = 8000
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
            %s
            }
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(directory);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private LoadedSpec load(VariableSource... variables) {
        return load(Map.of(), variables);
    }

    private LoadedSpec load(Map<String, String> environment, VariableSource... variables) {
        return SpecLoader.load(new SpecRequest(directory, List.of(variables), environment, Limits.DEFAULT));
    }

    private Spec valid(VariableSource... variables) {
        LoadedSpec loaded = load(variables);
        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEmpty();
        return loaded.spec().orElseThrow();
    }

    private List<String> errors(VariableSource... variables) {
        LoadedSpec loaded = load(variables);
        assertThat(loaded.spec()).isEmpty();
        return loaded.diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(d -> d.summary() + " at "
                        + d.subject().map(SourceRange::place).orElse("-") + ": " + d.detail())
                .toList();
    }

    @Test
    void loadsTheSpecOfTheArchitecture() throws IOException {
        Path example = Path.of("src/test/resources/dev/skyhedge/specs/loading/chat.hcl");

        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(example));

        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).isEmpty();
        Spec spec = loaded.spec().orElseThrow();
        ServiceSpec chat = spec.services().firstEntry().getValue();
        assertThat(chat.name()).isEqualTo("chat");
        assertThat(chat.address()).isEqualTo("service.chat");
        assertThat(chat.replica().command())
                .containsExactly("--model", "meta-llama/Llama-3.1-8B-Instruct", "--port", "8000");
        assertThat(chat.replica().env()).containsEntry("HF_TOKEN", new EnvValue.SecretReference("env:HF_TOKEN"));
        assertThat(chat.resources().accelerators()).contains(new Accelerator("A100-80GB", 1));
        assertThat(chat.placement()).isEqualTo(new PlacementSpec.SpotHedge(1, true, 0));
        assertThat(chat.scaling().targetQpsPerReplica()).hasValue(2.5);
        assertThat(chat.readiness().initialDelay()).isEqualTo(Duration.ofMinutes(20));
        assertThat(chat.endpoint().map(EndpointSpec::url)).contains("http://127.0.0.1:8080");
        assertThat(chat.protect()).isTrue();
        assertThat(spec.outputs().getFirst().json()).isEqualTo("\"http://127.0.0.1:8080\"");
        assertThat(spec.providers().getFirst().settings())
                .containsEntry("regions", List.of("us-east-1", "us-west-2", "eu-central-1"));
        assertThat(loaded.rangeOf("gcp", "project").orElseThrow().start().line())
                .isEqualTo(7);
        assertThat(loaded.rangeOfWorkload("chat").orElseThrow().start().line()).isEqualTo(9);
    }

    @Test
    void givesAServiceTheDefaultsOfItsRecords() throws IOException {
        write("main.hcl", SERVICE.formatted("a", "readiness {}\nscaling {}\nupdate {}\nplacement \"skyhedge\" {}"));

        ServiceSpec service = valid().services().firstEntry().getValue();

        assertThat(service.readiness()).isEqualTo(dev.skyhedge.specs.ReadinessSpec.DEFAULT);
        assertThat(service.scaling()).isEqualTo(ScalingSpec.DEFAULT);
        assertThat(service.update()).isEqualTo(dev.skyhedge.specs.UpdateSpec.DEFAULT);
        assertThat(service.placement()).isEqualTo(PlacementSpec.DEFAULT);
        assertThat(service.endpoint()).isEmpty();
    }

    @Test
    void knowsEveryPlacement() throws IOException {
        assertThat(placement("\"skyhedge\" { spares = 2 }"))
                .isEqualTo(new PlacementSpec.Skyhedge(OptionalInt.of(2), 0.999, true, 0));
        assertThat(placement("\"skyhedge\" {\n spares = \"auto\"\n availability = 0.9\n}"))
                .isEqualTo(new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.9, true, 0));
        assertThat(placement("\"skyhedge\" { outage_usd_per_minute = 2.5 }"))
                .isEqualTo(new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, OptionalDouble.of(2.5), true, 0));
        assertThat(placement("\"spothedge\" { rule = \"artifact\" }"))
                .isEqualTo(new PlacementSpec.SpotHedge(PlacementSpec.SpotHedge.Rule.ARTIFACT, 1, true, 0));
        assertThat(placement("\"even_spread\" {}")).isEqualTo(new PlacementSpec.EvenSpread());
        assertThat(placement("\"round_robin\" {}")).isEqualTo(new PlacementSpec.RoundRobin());
        assertThat(placement("\"asg\" {}")).isEqualTo(new PlacementSpec.Asg());
        assertThat(placement("\"spot_only\" {}")).isEqualTo(new PlacementSpec.SpotOnly());
        assertThat(placement("\"on_demand\" {}")).isEqualTo(new PlacementSpec.OnDemand());
    }

    private PlacementSpec placement(String block) throws IOException {
        write("main.hcl", SERVICE.formatted("a", "placement " + block));
        return valid().services().firstEntry().getValue().placement();
    }

    @Test
    void refusesWhatAPlacementDoesNotTake() throws IOException {
        assertThat(placementError("\"even_spread\" { spares = 1 }")).contains("has no arguments");
        assertThat(placementError("\"spothedge\" { availability = 0.9 }")).contains("no such argument", "\"rule\"");
        assertThat(placementError("\"spothedge\" { spares = \"auto\" }")).contains("fixed number of spares");
        assertThat(placementError("\"skyhedge\" { spares = \"many\" }")).contains("\"auto\" or a whole number");
        assertThat(placementError("\"skyhedge\" { availability = 1 }")).contains("below 1");
    }

    private String placementError(String block) throws IOException {
        write("main.hcl", SERVICE.formatted("a", "placement " + block));
        return String.join("\n", errors());
    }

    @Test
    void takesReplicasAsShortForAFixedNumber() throws IOException {
        write("main.hcl", SERVICE.formatted("a", "replicas = 3"));

        assertThat(valid().services().firstEntry().getValue().scaling()).isEqualTo(ScalingSpec.fixed(3));
    }

    @Test
    void makesAServiceForEachKey() throws IOException {
        write(
                "main.hcl",
                SERVICE.formatted("a", """
                for_each = { eu = 8001, us = 8002 }
                endpoint { port = each.value }
                """)
                        + "output \"urls\" { value = [for k, s in service.a : \"${k}=${s.url}\"] }\n");

        Spec spec = valid();

        assertThat(spec.services().keySet()).containsExactly("a-eu", "a-us");
        assertThat(spec.services().firstEntry().getValue().address()).isEqualTo("service.a[\"eu\"]");
        assertThat(spec.outputs().getFirst().json())
                .isEqualTo("[\"eu=http://127.0.0.1:8001\",\"us=http://127.0.0.1:8002\"]");
    }

    @Test
    void countsServices() throws IOException {
        write("main.hcl", SERVICE.formatted("a", "count = 2\nendpoint { port = 8000 + count.index }"));

        assertThat(valid().services().keySet()).containsExactly("a-0", "a-1");
    }

    @Test
    void prefersTheStrongerSourceOfAVariable() throws IOException {
        write(
                "main.hcl",
                "variable \"x\" {\n  type = string\n  default = \"default\"\n}\noutput \"x\" { value = var.x }\n");
        Map<String, String> environment = Map.of("SKYHEDGE_VAR_x", "environment");

        assertThat(outputOf(load())).isEqualTo("\"default\"");
        assertThat(outputOf(load(environment))).isEqualTo("\"environment\"");
        write("skyhedge.vars", "x = \"file\"\n");
        assertThat(outputOf(load(environment))).isEqualTo("\"file\"");
        write("a.auto.hclvars", "x = \"auto\"\n");
        assertThat(outputOf(load(environment))).isEqualTo("\"auto\"");
        write("given.tfvars", "x = \"given\"\n");
        VariableSource file = new VariableSource.File(directory.resolve("given.tfvars"));
        assertThat(outputOf(load(environment, file))).isEqualTo("\"given\"");
        VariableSource line = new VariableSource.Assignment("x", "line");
        assertThat(outputOf(load(environment, file, line))).isEqualTo("\"line\"");
        assertThat(outputOf(load(environment, line, file))).isEqualTo("\"given\"");
    }

    private static String outputOf(LoadedSpec loaded) {
        return loaded.spec().orElseThrow().outputs().getFirst().json();
    }

    @Test
    void readsATextForAListAsAnExpression() throws IOException {
        write("main.hcl", "variable \"x\" { type = list(string) }\noutput \"x\" { value = var.x }\n");

        assertThat(outputOf(load(new VariableSource.Assignment("x", "[\"a\", 1]"))))
                .isEqualTo("[\"a\",\"1\"]");
    }

    @Test
    void fillsInOptionalAttributes() throws IOException {
        write("main.hcl", """
                variable "x" {
                  type    = object({ a = string, b = optional(number, 5), c = optional(bool) })
                  default = { a = 1 }
                }
                output "x" { value = var.x }
                """);

        assertThat(outputOf(load())).isEqualTo("{\"a\":\"1\",\"b\":5,\"c\":null}");
    }

    @Test
    void namesEveryMemberOfACycle() throws IOException {
        write("main.hcl", "locals {\n  a = local.b\n  b = \"${local.a}\"\n  c = local.a\n}\n");

        assertThat(errors())
                .singleElement()
                .asString()
                .contains("Cycle at main.hcl:2,7", "local.a (main.hcl:2,7) → local.b (main.hcl:3,10) → local.a");
    }

    @Test
    void refusesTwoServicesOnOnePort() throws IOException {
        write("a.hcl", SERVICE.formatted("a", "endpoint { port = 8080 }"));
        write("b.hcl", SERVICE.formatted("b", "endpoint { port = 8080 }"));

        assertThat(errors()).singleElement().asString().contains("at b.hcl:10", "service.a (a.hcl:10,12)");
    }

    @Test
    void refusesAnOutputOfASensitiveValue() throws IOException {
        write("main.hcl", """
                variable "key" {
                  default   = "k"
                  sensitive = true
                }
                output "x" { value = "is ${var.key}" }
                """);

        assertThat(errors()).singleElement().asString().startsWith("Output refers to sensitive values");
    }

    @Test
    void keepsSensitiveEnvironmentVariablesSensitive() throws IOException {
        write(
                "main.hcl",
                "variable \"key\" {\n  default   = \"k\"\n  sensitive = true\n}\n"
                        + SERVICE.formatted("a", "")
                                .replace("port  = 8000", "port  = 8000\n    env = { A = var.key, B = 1 }"));

        assertThat(valid().services().firstEntry().getValue().replica().env())
                .containsEntry("A", new EnvValue.Sensitive("k"))
                .containsEntry("B", new EnvValue.Plain("1"));
    }

    @Test
    void refusesSensitiveNamesOfEnvironmentVariables() throws IOException {
        write(
                "main.hcl",
                "variable \"key\" {\n  default   = \"TOKEN_7\"\n  sensitive = true\n}\n"
                        + SERVICE.formatted("a", "")
                                .replace("port  = 8000", "port  = 8000\n    env = { (var.key) = \"x\" }"));

        assertThat(errors())
                .singleElement()
                .asString()
                .contains("\"env\" is sensitive as a whole")
                .doesNotContain("TOKEN_7");
    }

    @Test
    void takesSensitiveValuesUnderNamesThatAreNoSecret() throws IOException {
        write(
                "main.hcl",
                "variable \"keys\" {\n  default   = { A = \"k\" }\n  sensitive = true\n}\n"
                        + SERVICE.formatted("a", "")
                                .replace(
                                        "port  = 8000",
                                        "port  = 8000\n    env = { for n in nonsensitive(keys(var.keys)) : n => var.keys[n] }"));

        assertThat(valid().services().firstEntry().getValue().replica().env())
                .containsEntry("A", new EnvValue.Sensitive("k"));
    }

    @Test
    void refusesSensitiveValuesWhereTheyWouldBeShown() throws IOException {
        write(
                "main.hcl",
                "variable \"key\" {\n  default   = \"k\"\n  sensitive = true\n}\n"
                        + SERVICE.formatted("a", "").replace("image = \"x\"", "image = var.key"));

        assertThat(errors()).singleElement().asString().startsWith("Invalid value for argument");
    }

    @Test
    void reportsEveryErrorOfARun() throws IOException {
        write("main.hcl", """
                variable "size" {}
                variable "other" {}
                service "a" {
                  replica {
                    prot = 8000
                  }
                  resources {
                    accelerators = []
                    locations    = ["aws/*/*"]
                  }
                }
                output "x" { value = local.nothing }
                output "y" { value = uper("a") }
                bogus "z" {}
                """);

        assertThat(errors())
                .extracting(e -> e.substring(0, e.indexOf(':', e.indexOf(" at "))))
                .containsExactlyInAnyOrder(
                        "No value for required variables at main.hcl",
                        "Unsupported argument at main.hcl",
                        "Invalid value for argument at main.hcl",
                        "Reference to undeclared local value at main.hcl",
                        "Call to unknown function at main.hcl",
                        "Unsupported block type at main.hcl");
    }

    @Test
    void givesNoSpecForAFileWithASyntaxError() throws IOException {
        write("a.hcl", SERVICE.formatted("a", ""));
        write("b.hcl", "service \"b\" {\n");

        assertThat(errors()).singleElement().asString().startsWith("Unclosed configuration block at b.hcl:1,13");
    }

    @Test
    void saysThatThereIsNothingToLoad() {
        assertThat(errors()).singleElement().asString().startsWith("No spec found");
        assertThat(SpecLoader.load(SpecRequest.of(directory.resolve("missing"))).hasErrors())
                .isTrue();
    }

    @Test
    void refusesBytesThatAreNotText() throws IOException {
        Files.write(directory.resolve("a.hcl"), new byte[] {'a', ' ', (byte) 0xff});

        assertThat(errors()).singleElement().asString().startsWith("Invalid character encoding at a.hcl:1,3");
    }

    @Test
    void refusesNamesOfVariablesThatAShellCannotExport() throws IOException {
        for (String name : List.of("a-b", "1A", "a.b", "A B", "", "A$(date)")) {
            write(
                    "main.hcl",
                    SERVICE.formatted("chat", "")
                            .replace(
                                    "port  = 8000",
                                    "port  = 8000\n    env = { \"" + name + "\" = secret(\"env:X\") }"));

            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("main.hcl")
                    .contains("no name that a shell can export");
        }
        write("main.hcl", SERVICE.formatted("chat", "").replace("port  = 8000", "port  = 8000\n    env = { _a1 = 1 }"));
        assertThat(valid().services()).hasSize(1);
    }
}
