package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.view.plan.JsonLines;
import dev.skyhedge.cli.view.plan.ShowJson;
import dev.skyhedge.cli.view.progress.ApplyTotals;
import dev.skyhedge.cli.view.progress.ProgressEvent;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.state.records.Lifecycle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesAPlanWithTerraformsKeysAndNothingSensitive() throws IOException {
        List<String> lines = new ArrayList<>(List.of(JsonLines.version("0.1.0", Samples.T0)));
        lines.addAll(JsonLines.plan(Samples.changingPlan(), false, Samples.T0));

        for (String line : lines) {
            JsonNode node = JSON.readTree(line);
            assertThat(line).doesNotContain("\n", "sha256", "s3cr3t", "n3w");
            assertThat(node.path("@module").asText()).isEqualTo("skyhedge.ui");
            assertThat(node.has("@level") && node.has("@message") && node.has("@timestamp") && node.has("type"))
                    .isTrue();
        }
        Golden.check("plan.jsonl", String.join("\n", lines) + "\n");
    }

    @Test
    void writesAnApply() throws IOException {
        var ready = Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, "");
        var failed = Samples.replica("chat", 2, Lifecycle.FAILED, Samples.OREGON, "exited");
        var create = ProgressEvent.Operation.CREATE;
        List<String> lines = List.of(
                line(new ProgressEvent(ProgressEvent.Kind.STARTED, create, ready, Duration.ZERO)),
                line(new ProgressEvent(ProgressEvent.Kind.STILL_RUNNING, create, ready, Duration.ofSeconds(10))),
                line(new ProgressEvent(ProgressEvent.Kind.COMPLETE, create, ready, Duration.ofSeconds(42))),
                line(new ProgressEvent(ProgressEvent.Kind.ERRORED, create, failed, Duration.ofSeconds(7))),
                JsonLines.diagnostic(Diagnostic.error("Services do not get ready", "chat-2 failed"), Samples.T0),
                JsonLines.applySummary(new ApplyTotals(3, 1, 1), false, Samples.T0));

        for (String line : lines) {
            assertThat(JSON.readTree(line).path("@timestamp").asText()).isEqualTo("2026-03-01T10:00:00Z");
        }
        Golden.check("apply.jsonl", String.join("\n", lines) + "\n");
    }

    private static String line(ProgressEvent event) {
        return JsonLines.progress(event, Samples.T0);
    }

    @Test
    void showsAPlanInTerraformsShape() throws IOException {
        String text = ShowJson.plan(Samples.changingPlan(), "0.1.0");
        JsonNode node = JSON.readTree(text);

        assertThat(text).doesNotContain("sha256", "s3cr3t", "n3w");
        for (String key : List.of(
                "format_version",
                "terraform_version",
                "skyhedge_version",
                "planned_values",
                "resource_changes",
                "resource_drift",
                "output_changes",
                "prior_state",
                "configuration",
                "relevant_attributes",
                "checks",
                "timestamp",
                "applyable",
                "complete",
                "errored")) {
            assertThat(node.has(key)).as(key).isTrue();
        }
        assertThat(node.at("/resource_changes/0/change/before_sensitive/replica/env/KEY")
                        .booleanValue())
                .isTrue();
        assertThat(node.at("/resource_changes/0/change/after/replica/env/KEY").asText())
                .isEqualTo("(sensitive value)");
        assertThat(node.at("/resource_changes/1/address").asText()).isEqualTo("skyhedge_replica.chat[\"chat-3\"]");
        Golden.check("show-plan.json", text);
    }

    @Test
    void showsTheStateInTerraformsShape() throws IOException {
        String text = ShowJson.state(
                List.of(Samples.service("chat", Samples.SPEC_JSON, 3)),
                List.of(
                        Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""),
                        Samples.replica("chat", 2, Lifecycle.GONE, Samples.OREGON, "")),
                "0.1.0");

        assertThat(JSON.readTree(text).at("/values/root_module/resources")).hasSize(2);
        assertThat(text).doesNotContain("sha256");
        Golden.check("show-state.json", text);
    }
}
