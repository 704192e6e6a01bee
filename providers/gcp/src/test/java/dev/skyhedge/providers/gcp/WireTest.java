package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.cloud.compute.v1.Compute;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import dev.skyhedge.providers.cloud.fake.Recorded;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Holds what went over the wire against the published definition of the API: what the plugin sends and what
/// the fake answers. Independent of the fake's own reading of that definition.
class WireTest {
    private static final String LINEAGE = "lineage-a";

    private final GcpHarness harness = new GcpHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void everyCallIsAsTheDefinitionHasIt() throws Exception {
        liveALife();

        Set<String> methods = new TreeSet<>();
        for (Recorded call : harness.fake().recorded()) {
            MethodDescriptor method = method(call.method());
            HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
            assertThat(call.verb())
                    .as(call.method())
                    .isEqualTo(rule.getPatternCase().name());
            assertThat(call.path()).as(call.method()).matches(path(rule));
            requireParameters(call, method, rule);
            if (!rule.getBody().isEmpty()) {
                parse(method.getInputType().findFieldByName(rule.getBody()).getMessageType(), call.request());
            }
            if (call.status() == 200) {
                parse(method.getOutputType(), call.reply());
            }
            methods.add(call.method());
        }

        assertThat(methods)
                .containsExactly(
                        "AcceleratorTypes.AggregatedList",
                        "Firewalls.List",
                        "Instances.AggregatedList",
                        "Instances.Delete",
                        "Instances.Get",
                        "Instances.GetSerialPortOutput",
                        "Instances.Insert",
                        "Projects.Get",
                        "Regions.List",
                        "Subnetworks.AggregatedList",
                        "ZoneOperations.Get",
                        "ZoneOperations.List");
    }

    @Test
    void longNumbersAreTextsAndTimesHaveAnOffset() {
        liveALife();

        JsonObject operation = harness.fake().recorded().stream()
                .filter(call -> call.method().equals("Instances.Insert"))
                .map(call -> JsonParser.parseString(call.reply()).getAsJsonObject())
                .findFirst()
                .orElseThrow();

        assertThat(operation.getAsJsonPrimitive("targetId").isString()).isTrue();
        assertThat(operation.getAsJsonPrimitive("id").isString()).isTrue();
        assertThat(operation.get("insertTime").getAsString()).endsWith("-08:00");
        assertThat(operation.get("status").getAsString()).isEqualTo("PENDING");
    }

    @Test
    void refusalsHaveTheShapeOfGooglesErrors() throws Exception {
        JsonObject error = get("/compute/v1/projects/acme-ml/zones/us-central1-a/instances/none")
                .getAsJsonObject("error");

        assertThat(error.get("code").getAsInt()).isEqualTo(404);
        assertThat(error.getAsJsonArray("errors")
                        .get(0)
                        .getAsJsonObject()
                        .get("reason")
                        .getAsString())
                .isEqualTo("notFound");
    }

    @Test
    void unknownParametersFiltersAndFieldsAreRefused() throws Exception {
        String list = "/compute/v1/projects/acme-ml/aggregated/instances";

        assertThat(get(list + "?maxresults=5").has("error")).isTrue();
        assertThat(get(list + "?filter=lables.a%3Db").has("error")).isTrue();
        assertThat(get(list + "?filter=labels.a%3D").has("error")).isTrue();
        assertThat(get(list + "?filter=labels.a%3Db").has("items")).isTrue();
        assertThat(post("/compute/v1/projects/acme-ml/zones/us-central1-a/instances", "{\"nmae\":\"x\"}")
                        .has("error"))
                .isTrue();
    }

    @Test
    void emptyZonesSayThatTheyAreEmpty() throws Exception {
        JsonElement zone = get("/compute/v1/projects/acme-ml/aggregated/instances")
                .getAsJsonObject("items")
                .get("zones/us-central1-b");

        assertThat(zone.getAsJsonObject().getAsJsonObject("warning").get("code").getAsString())
                .isEqualTo("NO_RESULTS_ON_PAGE");
    }

    private void liveALife() {
        Provider provider = harness.provider();
        done(provider.offers(new OfferQuery(List.of(LocationPattern.parse("gcp")), List.of())));
        Instance kept = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        Instance given = done(provider.launch(harness.request(harness.onDemandOffer(), LINEAGE, 2)));
        done(provider.logs(kept.id(), kept.offer().location(), 0, 1_000));
        done(provider.terminate(given.id(), given.offer().location()));
        harness.fake().cloud().preemptAtOnce("us-central1-a", kept.id());
        harness.letTimePass();
        done(provider.observe(LINEAGE));
        done(provider.quotas());
        provider.reach(List.of(LocationPattern.parse("gcp")), new TreeSet<>(List.of(8000)));
    }

    private static MethodDescriptor method(String name) {
        String[] parts = name.split("\\.", 2);
        return Compute.getDescriptor().findServiceByName(parts[0]).findMethodByName(parts[1]);
    }

    private static Pattern path(HttpRule rule) {
        String template = switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PUT, PATCH, CUSTOM, PATTERN_NOT_SET -> "";
        };
        return Pattern.compile(template.replaceAll("\\{[a-z_]+}", "[^/]+"));
    }

    private static void requireParameters(Recorded call, MethodDescriptor method, HttpRule rule) {
        for (String pair : call.query().isEmpty() ? new String[0] : call.query().split("&")) {
            String key = pair.split("=", 2)[0];
            if (!key.equals("$alt") && !key.equals("%24alt")) {
                assertThat(method.getInputType().getFields())
                        .as("parameter %s of %s", key, call.method())
                        .anyMatch(field -> field.getJsonName().equals(key)
                                && !field.getName().equals(rule.getBody())
                                && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE);
            }
        }
    }

    private static void parse(com.google.protobuf.Descriptors.Descriptor type, String text) throws Exception {
        JsonFormat.parser().merge(text, DynamicMessage.newBuilder(type));
    }

    private JsonObject get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(harness.fake().endpoint() + path))
                .build());
    }

    private JsonObject post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(harness.fake().endpoint() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static JsonObject send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JsonParser.parseString(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .getAsJsonObject();
        }
    }
}
