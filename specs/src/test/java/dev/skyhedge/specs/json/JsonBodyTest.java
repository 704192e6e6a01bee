package dev.skyhedge.specs.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.specs.schema.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonBodyTest {
    private static final String SPEC = """
            {
              "//": "a comment",
              "variable": { "zones": { "type": "list(string)", "default": ["a"] }, "image": {} },
              "locals": { "port": "${7000 + 1}" },
              "provider": { "local": { "regions": { "east": ["east-a"] } } },
              "service": {
                "chat": {
                  "for_each": "${toset(var.zones)}",
                  "replica": {
                    "image": "${var.image}:\\"v1\\"",
                    "port": "${local.port}",
                    "env": { "A": "$${x}", "K": "${secret("env:K")}" }
                  },
                  "resources": [{ "accelerators": ["CPU:1"], "locations": ["local/*/*"] }],
                  "placement": { "on_demand": {} }
                }
              }
            }
            """.replace("secret(\"env:K\")", "secret(\\\"env:K\\\")");

    private static LoadedSpec load(Path directory) {
        return SpecLoader.load(SpecRequest.of(directory));
    }

    @Test
    void meansTheSameAsNativeSyntax(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("main.hcl.json"), SPEC);
        Files.writeString(directory.resolve("skyhedge.vars.json"), "{ \"image\": \"vllm\" }");
        Files.writeString(directory.resolve("x.auto.vars.json"), "{ \"zones\": [\"eu\"] }");

        LoadedSpec loaded = load(directory);

        assertThat(loaded.diagnostics()).isEmpty();
        ServiceSpec service = Optional.ofNullable(
                        loaded.spec().orElseThrow().services().get("chat-eu"))
                .orElseThrow();
        assertThat(service.replica().image()).isEqualTo(Optional.of("vllm:\"v1\""));
        assertThat(service.replica().port()).isEqualTo(7001);
        assertThat(service.replica().env())
                .containsEntry("A", new EnvValue.Plain("${x}"))
                .containsEntry("K", new EnvValue.SecretReference("env:K"));
    }

    @Test
    void mergesWithNativeFiles(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("a.hcl.json"), "{ \"locals\": { \"x\": \"${local.y}!\" } }");
        Files.writeString(
                directory.resolve("b.hcl"), "locals {\n  y = \"z\"\n}\noutput \"x\" {\n  value = local.x\n}\n");

        assertThat(load(directory).spec().orElseThrow().outputs().getFirst().json())
                .isEqualTo("\"z!\"");
    }

    private static String report(String text) {
        List<Diagnostic> diagnostics = JsonBody.parse(
                        Source.of("main.hcl.json", text), Language.STANDARD.file(), Limits.DEFAULT)
                .diagnostics();
        return new DiagnosticText(false).render(diagnostics);
    }

    @Test
    void pointsIntoTemplates() {
        assertThat(report("{ \"locals\": {\n  \"x\": \"a ${1 + } b\" } }"))
                .contains("main.hcl.json line 2")
                .contains("Invalid expression");
        Diagnostic diagnostic = JsonBody.parse(
                        Source.of("m.json", "{\"locals\":{\"x\":\"a ${1 + }\"}}"),
                        Language.STANDARD.file(),
                        Limits.DEFAULT)
                .diagnostics()
                .getFirst();
        assertThat(diagnostic.subject().orElseThrow().start().column()).isEqualTo(25);
    }

    @Test
    void tellsOfBrokenJson() {
        assertThat(report("{ \"locals\": ")).contains("Invalid JSON");
        assertThat(report("{} {}")).contains("after the end");
        assertThat(report("")).contains("empty");
        assertThat(report("[".repeat(1000))).contains("Invalid JSON");
        assertThat(report("{ \"service\": 5 }")).contains("Incorrect JSON value type");
        assertThat(report("{ \"locals\": { \"n\": 1e99999 } }")).contains("Limit exceeded");
    }

    @Property(tries = 300)
    void noTextMakesItThrow(@ForAll String text) {
        report(text);
        report("{\"locals\": {\"x\": \"" + text + "\"}}");
        report("{\"locals\": {\"x\": \"${" + text + "}\"}}");
    }
}
