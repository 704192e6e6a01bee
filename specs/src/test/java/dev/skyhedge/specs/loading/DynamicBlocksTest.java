package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicBlocksTest {
    private static final String SERVICE = """
            variable "ports" { default = [] }
            service "chat" {
              replica {
                image = "x"
                port  = 1
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

    private LoadedSpec load(String inner) throws IOException {
        return load(inner, "[]");
    }

    private LoadedSpec load(String inner, String ports) throws IOException {
        Files.writeString(
                directory.resolve("main.hcl"),
                SERVICE.formatted(inner.indent(2)).replace("default = []", "default = " + ports));
        return SpecLoader.load(SpecRequest.of(directory));
    }

    private ServiceSpec service(String inner, String ports) throws IOException {
        LoadedSpec loaded = load(inner, ports);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.spec().orElseThrow().services().firstEntry().getValue();
    }

    private String report(String inner, String ports) throws IOException {
        return new DiagnosticText(false).render(load(inner, ports).diagnostics());
    }

    private static final String ENDPOINT = """
            dynamic "endpoint" {
              for_each = var.ports
              content {
                port = endpoint.value
              }
            }
            """;

    @Test
    void makeABlockForAnElement() throws IOException {
        assertThat(service(ENDPOINT, "[9000]").endpoint().map(EndpointSpec::port))
                .contains(9000);
    }

    @Test
    void makeNoneForNone() throws IOException {
        assertThat(service(ENDPOINT, "[]").endpoint()).isEmpty();
    }

    @Test
    void knowTheElementByAnotherNameAndItsKey() throws IOException {
        ServiceSpec service = service("""
                dynamic "readiness" {
                  for_each = { "/health" = "7s" }
                  iterator = probe
                  content {
                    path   = probe.key
                    period = probe.value
                  }
                }
                """, "[]");

        assertThat(service.readiness().path()).isEqualTo("/health");
        assertThat(service.readiness().period()).hasSeconds(7);
    }

    @Test
    void makeBlocksWithLabels() throws IOException {
        String placement = """
                dynamic "placement" {
                  for_each = ["%s"]
                  labels   = [placement.value]
                  content {}
                }
                """;

        assertThat(service(placement.formatted("on_demand"), "[]").placement())
                .isEqualTo(service("placement \"on_demand\" {}", "[]").placement());
        assertThat(report(placement.formatted("on_demnd"), "[]"))
                .contains("Invalid policy", "Did you mean \"on_demand\"?");
    }

    @Test
    void seeTheInstanceOfTheService() throws IOException {
        LoadedSpec loaded = load("for_each = { a = 9001, b = 9002 }\n" + ENDPOINT.replace("var.ports", "[each.value]"));

        assertThat(loaded.spec().orElseThrow().services().values())
                .extracting(service -> service.endpoint().orElseThrow().port())
                .containsExactly(9001, 9002);
    }

    @Test
    void areRefusedBesideABlockOfTheirType() throws IOException {
        assertThat(report("endpoint {\n  port = 8080\n}\n" + ENDPOINT, "[9000]"))
                .contains("Duplicate endpoint block", "there are 2");
        assertThat(report(ENDPOINT, "[9000, 9001]")).contains("Duplicate endpoint block", "there are 2");
    }

    @Test
    void areCheckedLikeTheBlocksThatTheyMake() throws IOException {
        assertThat(report(ENDPOINT.replace("port =", "prot ="), "[]")).contains("Did you mean \"port\"?");
        assertThat(report(ENDPOINT, "[\"x\"]")).contains("Inappropriate value for attribute \"port\"");
        assertThat(report(ENDPOINT.replace("endpoint.value", "endpoint.valu"), "[1]"))
                .contains("Invalid reference");
        assertThat(report(ENDPOINT.replace("\"endpoint\"", "\"endpont\""), "[1]"))
                .contains("Did you mean \"endpoint\"?");
    }

    @Test
    void needACollectionThatIsKnown() throws IOException {
        assertThat(report(ENDPOINT, "7")).contains("Invalid dynamic for_each value", "[1] : []");
        assertThat(report(ENDPOINT.replace("var.ports", "sensitive([1])"), "[]"))
                .contains("Invalid dynamic for_each value");
    }

    @Test
    void areReadFromJson() throws IOException {
        Files.writeString(directory.resolve("main.hcl.json"), """
                {
                  "service": { "chat": {
                    "replica": { "image": "x", "port": 1 },
                    "resources": { "accelerators": ["L4:1"], "locations": ["aws/*/*"] },
                    "dynamic": { "endpoint": { "for_each": [9000], "content": { "port": "${endpoint.value}" } } }
                  } }
                }
                """);
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(directory));

        assertThat(loaded.diagnostics()).isEmpty();
        assertThat(loaded.spec().orElseThrow().services().values())
                .extracting(service -> service.endpoint().orElseThrow().port())
                .containsExactly(9000);
    }
}
