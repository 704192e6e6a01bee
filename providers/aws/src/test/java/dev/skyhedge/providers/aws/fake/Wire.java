package dev.skyhedge.providers.aws.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.skyhedge.providers.aws.fake.FakeEc2.Exchange;
import dev.skyhedge.providers.aws.fake.Faults.Fault;
import dev.skyhedge.providers.cloud.fake.Latency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The HTTP side: reads a call, finds its region and action, answers it or breaks it on order.
final class Wire implements HttpHandler {
    private record Answer(int status, String body) {}

    private static final int MAX_BODY = 1 << 20;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final Pattern CREDENTIAL = Pattern.compile(
            "AWS4-HMAC-SHA256 .*Credential=([^/]+)/\\d{8}/([^/]+)/(?:ec2|servicequotas)/aws4_request,.*");
    /// The call of the other service, told by a header.
    private static final String QUOTAS = "ServiceQuotasV20190624.";
    private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final FakeEc2 fake;
    private final SortedMap<String, Call.Action> actions = new TreeMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    Wire(FakeEc2 fake) {
        this.fake = fake;
        InstanceActions instances = new InstanceActions(fake.rules());
        actions.put("RunInstances", instances::run);
        actions.put("DescribeInstances", instances::describe);
        actions.put("TerminateInstances", instances::terminate);
        actions.put("CreateTags", instances::createTags);
        actions.put("GetConsoleOutput", instances::consoleOutput);
        actions.put("DescribeSpotPriceHistory", SpotActions::prices);
        actions.put("DescribeSpotInstanceRequests", SpotActions::requests);
        actions.put("CancelSpotInstanceRequests", SpotActions::cancel);
        actions.put("DescribeRegions", PlaceActions::regions);
        actions.put("DescribeAvailabilityZones", PlaceActions::zones);
        actions.put("DescribeInstanceTypes", PlaceActions::types);
        actions.put("DescribeInstanceTypeOfferings", PlaceActions::offerings);
        actions.put("DescribeImages", PlaceActions::images);
        actions.put("DescribeSubnets", PlaceActions::subnets);
        actions.put("DescribeSecurityGroups", PlaceActions::securityGroups);
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        String body = body(http);
        String target = Optional.ofNullable(http.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        Form form = Form.parse(target.isEmpty() ? body : "");
        Matcher credential =
                CREDENTIAL.matcher(Optional.ofNullable(http.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""));
        String region = credential.matches() ? credential.group(2) : "";
        String action = target.startsWith(QUOTAS)
                ? target.substring(QUOTAS.length())
                : form.text("Action").orElse("");
        delay(region);
        Optional<Fault> fault = fake.faults().take(action, region);
        if (fault.isPresent() && !(hasEffect(fault.get()))) {
            spoil(http, fault.get(), region, action, form);
            return;
        }
        Answer plain = target.isEmpty() ? answer(region, action, form) : quotas(region, action, body);
        Answer answer = new Answer(plain.status, fake.faults().changed(action, plain.body));
        if (fault.isPresent()) {
            spoil(http, fault.get(), region, action, form);
            return;
        }
        answer(http, answer, region, action, form);
    }

    private static String body(HttpExchange http) throws IOException {
        try (InputStream in = http.getRequestBody()) {
            return new String(in.readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        }
    }

    private void delay(String region) {
        long spread = fake.rules().longestAnswerMillis - fake.rules().shortestAnswerMillis;
        long millis =
                fake.rules().shortestAnswerMillis + (spread > 0 ? Math.floorMod(region.hashCode() * 31L, spread) : 0);
        Latency.pass(Duration.ofMillis(millis));
    }

    private Answer answer(String regionName, String action, Form form) {
        String requestId = "00000000-0000-4000-8000-%012d".formatted(requests.incrementAndGet());
        try {
            if (regionName.isEmpty()) {
                throw new Ec2Error(
                        "AuthFailure", "AWS was not able to validate the provided access credentials", UNAUTHORIZED);
            }
            Region region = fake.regions().get(regionName);
            if (region == null) {
                throw new Ec2Error("AuthFailure", "There is no region " + regionName, UNAUTHORIZED);
            }
            Call.Action known = actions.get(action);
            if (known == null
                    || !fake.rules().knows(action)
                    || !VERSION.matcher(form.text("Version").orElse("")).matches()) {
                throw Ec2Error.badRequest(
                        "InvalidAction", "The action " + action + " is not valid for this web service.");
            }
            synchronized (region) {
                Instant now = fake.clock().instant();
                region.tick(now);
                region.count(now);
                var reply = known.answer(new Call(region, fake.world(), fake.market(), form, now));
                return new Answer(OK, Xml.reply(action, requestId, reply));
            }
        } catch (Ec2Error e) {
            return new Answer(e.status(), Xml.error(e.code(), String.valueOf(e.getMessage()), requestId));
        }
    }

    private Answer quotas(String region, String action, String body) {
        try {
            if (!action.equals("ListServiceQuotas") || !fake.rules().knows(action)) {
                throw Ec2Error.badRequest("UnknownOperationException", "");
            }
            if (!fake.regions().containsKey(region)) {
                throw Ec2Error.badRequest("UnrecognizedClientException", "The security token is invalid.");
            }
            return new Answer(OK, QuotaActions.list(body, region, fake.market()));
        } catch (Ec2Error e) {
            return new Answer(e.status(), json(e.code(), String.valueOf(e.getMessage())));
        }
    }

    private static String json(String code, String message) {
        return "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message);
    }

    private static boolean hasEffect(Fault fault) {
        return switch (fault) {
            case Fault.ReplyLost _, Fault.ReplyTorn _, Fault.FailedAfterEffect _ -> true;
            case Fault.CallLost _, Fault.Canned _, Fault.Refused _ -> false;
        };
    }

    /// Recorded first: who has the answer may look at the record.
    private void answer(HttpExchange http, Answer answer, String region, String action, Form form) throws IOException {
        fake.record(new Exchange(region, action, form.values(), answer.status, answer.body));
        send(http, answer);
    }

    private void spoil(HttpExchange http, Fault fault, String region, String action, Form form) throws IOException {
        switch (fault) {
            case Fault.CallLost _, Fault.ReplyLost _ -> {
                fake.record(new Exchange(region, action, form.values(), 0, ""));
                http.close();
            }
            case Fault.ReplyTorn _ -> {
                fake.record(new Exchange(region, action, form.values(), 0, ""));
                http.sendResponseHeaders(OK, MAX_BODY);
                http.getResponseBody().write("<?xml version=\"1.0\"?><Run".getBytes(StandardCharsets.UTF_8));
                http.getResponseBody().flush();
                http.close();
            }
            case Fault.Canned(int status, String body) -> answer(http, new Answer(status, body), region, action, form);
            case Fault.Refused(String code, String message, int status) ->
                answer(
                        http,
                        new Answer(
                                status,
                                action.equals("ListServiceQuotas")
                                        ? json(code, message)
                                        : Xml.error(code, message, "refused")),
                        region,
                        action,
                        form);
            case Fault.FailedAfterEffect(String code, int status) ->
                answer(http, new Answer(status, Xml.error(code, "It broke", "failed")), region, action, form);
        }
    }

    private static void send(HttpExchange http, Answer answer) throws IOException {
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        http.sendResponseHeaders(answer.status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }
}
