package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.view.status.StateJson;
import dev.skyhedge.cli.view.status.StateText;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.HistoryEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateViewsGoldenTest {
    private static final WorkloadRecord CHAT = Samples.service("chat", Samples.SPEC_JSON, 3);
    private static final ReplicaRecord FAILED =
            Samples.replica("chat", 3, Lifecycle.FAILED, Samples.IOWA, "exited with code 1");
    private static final List<ReplicaRecord> REPLICAS =
            List.of(Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, ""), FAILED);
    private static final List<OutputSpec> OUTPUTS = List.of(
            new OutputSpec("url", "\"http://127.0.0.1:8080\"", false),
            new OutputSpec("key", "\"s3cr3t\"", true),
            new OutputSpec("zones", "[\"a\",\"b\"]", false));

    private static List<HistoryEntry> history() {
        String before = "{\"name\":\"chat\",\"wanted\":3,\"since_millis\":1772359200000,"
                + "\"spec_json\":\"{\\\"env\\\":{\\\"K\\\":{\\\"sensitive_sha256\\\":\\\"aa\\\"}}}\"}";
        String after = before.replace(":3,", ":4,").replace("aa", "bb");
        return List.of(
                new HistoryEntry(9, Samples.T0, "service", "chat", Optional.of(before), Optional.of(after)),
                new HistoryEntry(8, Samples.T0, "service", "chat", Optional.empty(), Optional.of(before)));
    }

    @Test
    void listsAddresses() {
        assertThat(StateText.list(List.of(CHAT), REPLICAS)).isEqualTo("service.chat\nservice.chat/chat-1\n");
    }

    @Test
    void showsAServiceAndAReplica() {
        String text = StateText.show(CHAT, Display.PLAIN) + "\n" + StateText.show(FAILED, Display.PLAIN);

        assertThat(text).doesNotContain("sha256", "\u001b");
        Golden.check("state-show.txt", text);
    }

    @Test
    void showsHistory() {
        String text = StateText.history(history(), Display.PLAIN);

        assertThat(text).doesNotContain("sha256", "\"aa\"", "\"bb\"");
        Golden.check("state-history.txt", text);
        assertThat(StateText.history(List.of(), Display.PLAIN)).isEqualTo("No history.\n");
    }

    @Test
    void writesDurationsAsInSpecsAndLeavesValuesOfTheEnvironmentAlone() {
        var service = Samples.service("chat", """
                {"address":"service.chat","replica":{"env":{"WAIT":{"value":"PT1M"}}},
                "readiness":{"period":"PT5S","initial_delay":"PT1H30M"},"update":{"drain_timeout":"PT0.5S"}}""", 1);
        var row = Optional.of(
                "{\"calm_before_millis\":90000,\"spec_json\":\"{\\\"scaling\\\":{\\\"window\\\":\\\"PT2M\\\"}}\"}");

        String text = StateText.show(service, Display.PLAIN)
                + StateText.history(
                        List.of(new HistoryEntry(8, Samples.T0, "zone", "z", Optional.empty(), row)), Display.PLAIN);

        assertThat(text).contains("\"PT1M\"", "\"5s\"", "\"1h30m\"", "\"500ms\"", "\"2m\"", "\"1m30s\"");
    }

    @Test
    void writesJson() throws IOException {
        String json = StateJson.list(List.of(CHAT), REPLICAS)
                + StateJson.show(CHAT)
                + StateJson.show(FAILED)
                + StateJson.history(history());

        assertThat(json).doesNotContain("sha256");
        assertThat(new ObjectMapper().readTree(StateJson.history(history())).path("changes"))
                .hasSize(2);
        Golden.check("state.json.txt", json);
    }

    @Test
    void hidesSensitiveOutputsUnlessAskedForByName() {
        String text = StateText.outputs(OUTPUTS, Display.PLAIN);
        String json = StateJson.outputs(OUTPUTS);

        assertThat(text + json).doesNotContain("s3cr3t");
        Golden.check("outputs.txt", text);
        Golden.check("outputs.json", json);
        assertThat(StateJson.output(OUTPUTS.get(1))).isEqualTo("\"s3cr3t\"\n");
        assertThat(StateJson.outputRaw(OUTPUTS.getFirst())).isEqualTo("http://127.0.0.1:8080");
    }
}
