package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.FakeService;
import dev.skyhedge.providers.cloud.fake.HttpCall;
import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.cloud.fake.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/// The fake on the wire. Verbs, paths, parameters and versions are those of the API; whatever it does not know is
/// refused.
public final class AzureFake extends FakeService {
    /// The subscription that exists.
    public static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    private static final List<String> ALWAYS_PERMITTED = List.of("api-version", "p");

    private final FakeMachines cloud;
    private final Calls calls;

    /// Starts on a free port.
    public AzureFake(FakeGeography geography, FakeRules rules, InstantSource clock) {
        this(geography, rules, clock, 0);
    }

    /// Starts on this port; 0 for a free one.
    public AzureFake(FakeGeography geography, FakeRules rules, InstantSource clock, int port) {
        super(clock, rules.callsPerSecond(), port);
        this.cloud = new FakeMachines(geography, rules, clock, new FakeNetworks(geography, SUBSCRIPTION));
        this.calls = new Calls(cloud, rules, SUBSCRIPTION);
        start();
    }

    public FakeMachines cloud() {
        return cloud;
    }

    @Override
    protected String nameOf(HttpCall call) {
        return route(call).map(Route::name).orElse("");
    }

    private static Optional<Route> route(HttpCall call) {
        return Route.ALL.stream()
                .filter(one -> one.answers(call.verb(), call.path()))
                .findFirst();
    }

    @Override
    protected Optional<Effect> effectOf(HttpCall call) {
        if (call.header("Authorization").isEmpty()) {
            throw new Refusal(
                    401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }
        if (call.verb().equals("PUT") && call.header("Content-Length").isEmpty()) {
            throw new Refusal(411, "LengthRequired", "A request must be chunked or have a content length.");
        }
        Calls.Asked asked = asked(call);
        return Optional.of(planned ->
                calls.answer(asked, planned.map(fails -> new Refusal(200, fails.code(), fails.message()))));
    }

    private Calls.Asked asked(HttpCall call) {
        Route route = route(call)
                .orElseThrow(() -> new Refusal(
                        404, "InvalidResourceType", "The resource type could not be found at '" + call.path() + "'."));
        Map<String, String> parameters = parameters(call.query());
        String version = parameters.getOrDefault("api-version", "");
        if (!route.versions().contains(version)) {
            throw new Refusal(
                    400,
                    version.isEmpty() ? "MissingApiVersionParameter" : "InvalidResourceType",
                    "The api-version '" + version + "' is not supported. Supported are " + route.versions() + ".");
        }
        for (String name : parameters.keySet()) {
            if (!ALWAYS_PERMITTED.contains(name) && !route.parameters().contains(name)) {
                throw new Refusal(400, "InvalidParameter", "The query parameter '" + name + "' is not known.");
            }
        }
        Matcher parts = route.path().matcher(call.path());
        if (!parts.matches() || parts.groupCount() > 0 && !parts.group(1).equalsIgnoreCase(SUBSCRIPTION)) {
            throw new Refusal(404, "SubscriptionNotFound", "The subscription could not be found.");
        }
        List<String> about = new ArrayList<>();
        for (int i = 2; i <= parts.groupCount(); i++) {
            about.add(parts.group(i));
        }
        boolean onlyNew = call.header("If-None-Match").equals("*");
        return new Calls.Asked(
                route.name(), about, parameters, call.body(), onlyNew, endpoint(), endpoint() + call.path());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    protected Reply refused(Refusal refusal) {
        return Replies.refusal(refusal);
    }

    @Override
    protected Reply tooMany() {
        return refused(new Refusal(429, "TooManyRequests", "{\"operationGroup\":\"HighCostGet3Min\"}"))
                .with("Retry-After", "1")
                .with("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/PutVM3Min;0");
    }

    @Override
    protected Refusal internalError() {
        return new Refusal(500, "InternalServerError", "Encountered internal server error.");
    }

    @Override
    public List<String> ledger() {
        return cloud.ledger();
    }

    /// @param id `GROUP/NAME`
    @Override
    public void preempt(String id) {
        cloud.vanish(id);
    }

    /// @param zone `REGION-ZONE`
    @Override
    public void full(String zone) {
        int dash = zone.lastIndexOf('-');
        cloud.full(zone.substring(0, dash), zone.substring(dash + 1));
    }

    @Override
    public void noQuota(String region) {
        cloud.noQuota(region);
    }

    @Override
    protected Reply page(int status) {
        return Replies.page(status);
    }

    @Override
    protected Reply signed(Reply reply, int number) {
        return reply.with("x-ms-request-id", "request-" + number);
    }
}
