package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;

/// Asks the service of that name, which has a protocol of its own: a signed POST with JSON. There is one call to make,
/// and the SDK's signer and reader of JSON are here already.
final class ServiceQuotas {
    private static final String SERVICE = "servicequotas";
    private static final String CALL = "ServiceQuotasV20190624.ListServiceQuotas";
    private static final String TYPE = "application/x-amz-json-1.1";
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 20;
    private static final int OK = 200;
    private static final int LONGEST_REPLY = 1 << 20;

    private final Optional<URI> endpoint;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;

    /// @param endpoint instead of Amazon's own
    ServiceQuotas(Optional<URI> endpoint, SdkHttpClient http, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.http = http;
        this.credentials = credentials;
    }

    /// A quota of an account in a region.
    ///
    /// @param code the same everywhere
    /// @param name for people
    /// @param value of vCPUs, for the codes that we know
    record Quota(String code, String name, long value) {}

    /// All quotas of EC2 in a region. One that is not told is not known.
    Outcome<List<Quota>> read(String region) {
        List<Quota> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        for (int i = 0; i < MAX_PAGES; i++) {
            switch (page(region, token)) {
                case Outcome.Failed<JsonNode>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<JsonNode>(JsonNode page) -> {
                    page.field("Quotas")
                            .filter(JsonNode::isArray)
                            .ifPresent(quotas -> quotas.asArray().stream()
                                    .flatMap(one -> quota(one).stream())
                                    .forEach(all::add));
                    token = text(page, "NextToken");
                    if (token.isEmpty()) {
                        return Outcome.done(all);
                    }
                }
            }
        }
        return Outcome.failed(new Failure.OutcomeUnknown("More than " + MAX_PAGES + " pages of quotas"));
    }

    private static Optional<Quota> quota(JsonNode one) {
        Optional<Double> value = one.field("Value").filter(JsonNode::isNumber).map(ServiceQuotas::number);
        return text(one, "QuotaCode")
                .flatMap(code -> value.map(
                        limit -> new Quota(code, text(one, "QuotaName").orElse(code), Math.max(0, Math.round(limit)))));
    }

    private static double number(JsonNode node) {
        return Double.parseDouble(node.asNumber());
    }

    private Outcome<JsonNode> page(String region, Optional<String> token) {
        String question = "{\"ServiceCode\":\"ec2\",\"MaxResults\":" + PAGE
                + token.map(text ->
                                ",\"NextToken\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .orElse("")
                + "}";
        try {
            HttpExecuteResponse answer = ask(region, question);
            String body = answer.responseBody().map(ServiceQuotas::whole).orElse("");
            int status = answer.httpResponse().statusCode();
            return status == OK
                    ? Outcome.done(json(body))
                    : Outcome.failed(Ec2Failures.failure(error(status, body), Ec2Calls.region(region)));
        } catch (SdkException e) {
            return Outcome.failed(SdkErrors.failure(e, Ec2Calls.region(region)));
        } catch (IOException | UncheckedIOException e) {
            // Also what cannot be read as JSON.
            return Outcome.failed(Ec2Failures.failure(
                    CloudError.unanswered("Service Quotas in " + region + ": " + e.getMessage()),
                    Ec2Calls.region(region)));
        }
    }

    private HttpExecuteResponse ask(String region, String question) throws IOException {
        AwsCredentials identity = credentials.resolveCredentials();
        ContentStreamProvider payload = ContentStreamProvider.fromUtf8String(question);
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.orElseGet(() -> address(region)))
                .putHeader("Content-Type", TYPE)
                .putHeader("Content-Length", String.valueOf(question.getBytes(StandardCharsets.UTF_8).length))
                .putHeader("X-Amz-Target", CALL)
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(plain)
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        return http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed)
                        .contentStreamProvider(payload)
                        .build())
                .call();
    }

    private static URI address(String region) {
        String suffix = Optional.ofNullable(RegionMetadata.of(Region.of(region)))
                .map(known -> known.partition().dnsSuffix())
                .orElse("amazonaws.com");
        return URI.create("https://" + SERVICE + "." + region + "." + suffix);
    }

    private static String whole(InputStream body) {
        try (body) {
            return new String(body.readNBytes(LONGEST_REPLY), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws UncheckedIOException if it is none
    private static JsonNode json(String body) {
        if (body.isBlank()) {
            throw new UncheckedIOException(new IOException("an empty answer"));
        }
        return JsonNode.parser().parse(body);
    }

    /// The code is the last word of a type such as `com.amazonaws.servicequotas#AccessDeniedException`.
    private static CloudError error(int status, String body) {
        try {
            JsonNode said = json(body);
            String type = text(said, "__type").orElse("");
            return CloudError.of(
                    status,
                    type.substring(type.indexOf('#') + 1),
                    text(said, "message").or(() -> text(said, "Message")).orElse(""));
        } catch (UncheckedIOException notJson) {
            return CloudError.of(status, "", body);
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.isObject()
                ? node.field(name)
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
