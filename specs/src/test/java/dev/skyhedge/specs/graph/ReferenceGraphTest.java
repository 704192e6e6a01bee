package dev.skyhedge.specs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceGraphTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("main.hcl"), """
                variable "n" { default = 1 }
                locals {
                  a = var.n + 1
                  b = "${local.a}${var.n}"
                }
                output "o" { value = local.b }
                """);
    }

    private ReferenceGraph graph() {
        return ReferenceGraph.of(SpecLoader.load(SpecRequest.of(directory)));
    }

    @Test
    void isWrittenForGraphviz() {
        assertThat(graph().dot()).isEqualTo("""
                digraph spec {
                  rankdir = "LR";
                  node [shape = "box"];
                  "local.a";
                  "local.b";
                  "output.o";
                  "var.n";
                  "local.a" -> "var.n";
                  "local.b" -> "local.a";
                  "local.b" -> "var.n";
                  "output.o" -> "local.b";
                }
                """);
    }

    @Test
    void isWrittenForMermaid() {
        assertThat(graph().mermaid()).isEqualTo("""
                flowchart LR
                  n0["local.a"]
                  n1["local.b"]
                  n2["output.o"]
                  n3["var.n"]
                  n0 --> n3
                  n1 --> n0
                  n1 --> n3
                  n2 --> n1
                """);
    }
}
