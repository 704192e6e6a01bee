package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesTest {
    private static final String MODULE = """
            variable "image" {
              type = string
            }
            variable "port" {
              default = 9000
            }
            service "embed" {
              replica {
                image = var.image
                port  = 8000
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
              endpoint {
                port = var.port
              }
            }
            output "url" {
              value = service.embed.url
            }
            output "where" {
              value = path.module
            }
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("modules/search"));
        Files.writeString(directory.resolve("modules/search/main.hcl"), MODULE);
    }

    private LoadedSpec load(String main) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), main);
        return SpecLoader.load(SpecRequest.of(directory));
    }

    private static String report(LoadedSpec loaded) {
        return new DiagnosticText(false).render(loaded.diagnostics());
    }

    @Test
    void passesVariablesInAndOutputsOut() throws IOException {
        LoadedSpec loaded = load("""
                module "search" {
                  source = "./modules/search"
                  image  = "embed:1"
                }
                output "url" {
                  value = "${module.search.url} ${module.search.where}"
                }
                """);

        assertThat(report(loaded)).isEmpty();
        assertThat(loaded.spec().orElseThrow().services()).containsOnlyKeys("search-embed");
        assertThat(loaded.spec()
                        .orElseThrow()
                        .services()
                        .firstEntry()
                        .getValue()
                        .address())
                .isEqualTo("module.search.service.embed");
        assertThat(loaded.spec().orElseThrow().outputs().getFirst().json())
                .isEqualTo("\"http://127.0.0.1:9000 modules/search\"");
    }

    @Test
    void makesOneForEachKey() throws IOException {
        LoadedSpec loaded = load("""
                module "search" {
                  for_each = { eu = 9001, us = 9002 }
                  source   = "./modules/search"
                  image    = "embed:1"
                  port     = each.value
                }
                output "urls" {
                  value = [for m in module.search : m.url]
                }
                """);

        assertThat(report(loaded)).isEmpty();
        assertThat(loaded.spec().orElseThrow().services()).containsOnlyKeys("search-eu-embed", "search-us-embed");
        assertThat(loaded.spec()
                        .orElseThrow()
                        .services()
                        .firstEntry()
                        .getValue()
                        .address())
                .isEqualTo("module.search[\"eu\"].service.embed");
    }

    @Test
    void checksAnArgumentThatIsCalledLikeOneOfADynamicBlock() throws IOException {
        Files.writeString(directory.resolve("modules/search/main.hcl"), "variable \"iterator\" {}\n" + MODULE);

        assertThat(report(load("""
                module "m" {
                  source   = "./modules/search"
                  image    = "embed:1"
                  iterator = local.nothing
                }
                """))).contains("Reference to undeclared local value");
    }

    @Test
    void asksForWhatIsMissingAndRefusesWhatIsUnknown() throws IOException {
        String report = report(load("module \"m\" {\n  source = \"./modules/search\"\n  imagee = 1\n}\n"));

        assertThat(report)
                .contains(
                        "Missing required argument",
                        "Unsupported argument",
                        "Did you mean \"image\"?",
                        "main.hcl line 1");
    }

    @Test
    void refusesCyclesAndPlacesOutside() throws IOException {
        Files.writeString(
                directory.resolve("modules/search/main.hcl"),
                "module \"again\" {\n  source = \"../../modules/search\"\n}\n");

        assertThat(report(load("module \"m\" {\n  source = \"./modules/search\"\n}\n")))
                .contains("This module calls itself", "on modules/search/main.hcl line 2");
        assertThat(report(load("module \"m\" {\n  source = \"../\"\n}\n"))).contains("below the directory of the spec");
        assertThat(report(load("module \"m\" {\n  source = \"./nowhere\"\n}\n")))
                .contains("Module not found");
        assertThat(report(load("module \"m\" {\n  source = var.x\n}\n"))).contains("as text without references");
        assertThat(report(load("module \"m\" {\n  source = \".\"\n}\n"))).contains("Invalid module source");
    }

    @Test
    void tellsOfMistakesInAModuleOnce() throws IOException {
        Files.writeString(
                directory.resolve("modules/search/main.hcl"), MODULE.replace("image = var.image", "image = var.imag"));

        String report =
                report(load("module \"m\" {\n  count = 3\n  source = \"./modules/search\"\n  image = \"x\"\n}\n"));

        assertThat(report).containsOnlyOnce("Reference to undeclared input variable");
    }
}
