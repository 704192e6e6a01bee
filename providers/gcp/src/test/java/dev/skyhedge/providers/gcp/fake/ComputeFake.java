package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Compute;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.skyhedge.providers.cloud.fake.FakeService;
import dev.skyhedge.providers.cloud.fake.HttpCall;
import dev.skyhedge.providers.cloud.fake.Recorded;
import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.cloud.fake.Reply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fake on the wire. Verbs, paths, parameters and bodies are those of the API's published definition;
/// whatever that does not know is refused.
public final class ComputeFake extends FakeService {
    /// The project that exists.
    public static final String PROJECT = "acme-ml";

    private static final String JSON = "application/json; charset=UTF-8";
    private static final List<String> SERVICES = List.of(
            "Instances",
            "ZoneOperations",
            "GlobalOperations",
            "AcceleratorTypes",
            "MachineTypes",
            "Projects",
            "Regions",
            "Zones",
            "Firewalls",
            "Subnetworks");
    private static final List<String> METHODS =
            List.of("Insert", "Delete", "Get", "List", "AggregatedList", "GetSerialPortOutput", "Wait");

    private final FakeCompute cloud;
    private final FakeMethods methods;
    private final List<ApiMethod> routes = new ArrayList<>();

    /// Starts on a free port.
    public ComputeFake(FakeGeography geography, FakeRules rules, InstantSource clock) {
        this(geography, rules, clock, 0);
    }

    /// Starts on this port; 0 for a free one.
    public ComputeFake(FakeGeography geography, FakeRules rules, InstantSource clock, int port) {
        super(clock, rules.callsPerSecond(), port);
        this.cloud = new FakeCompute(PROJECT, geography, rules, clock);
        this.methods = new FakeMethods(cloud);
        for (ServiceDescriptor service : Compute.getDescriptor().getServices()) {
            for (MethodDescriptor method : service.getMethods()) {
                boolean known = SERVICES.contains(service.getName()) && METHODS.contains(method.getName());
                if (known
                        && !(service.getName().equals("GlobalOperations")
                                && method.getName().equals("Delete"))) {
                    routes.add(new ApiMethod(method));
                }
            }
        }
        start();
    }

    public FakeCompute cloud() {
        return cloud;
    }

    /// Checks a reply against the definition.
    public void requireModelled(Recorded call) throws InvalidProtocolBufferException {
        ApiMethod route = routes.stream()
                .filter(one -> one.name().equals(call.method()))
                .findFirst()
                .orElseThrow();
        var _ = route.reply(call.reply());
    }

    @Override
    protected String nameOf(HttpCall call) {
        return route(call).map(ApiMethod::name).orElse("");
    }

    private Optional<ApiMethod> route(HttpCall call) {
        return routes.stream()
                .filter(one -> one.answers(call.verb(), call.rawPath()))
                .findFirst();
    }

    @Override
    protected Optional<Effect> effectOf(HttpCall call) {
        return route(call)
                .map(route -> planned -> Reply.of(
                        200,
                        JSON,
                        methods.answer(route.name(), route.read(call.rawPath(), call.query(), call.body()), planned)));
    }

    @Override
    protected Reply refused(Refusal refusal) {
        return Reply.of(refusal.status(), JSON, Refusals.body(refusal));
    }

    @Override
    protected Reply tooMany() {
        return refused(new Refusal(
                403,
                "rateLimitExceeded",
                "Quota exceeded for quota group 'default' and limit 'Queries per 100 seconds' of service"
                        + " 'compute.googleapis.com'."));
    }

    @Override
    protected Refusal internalError() {
        return new Refusal(500, "internalError", "Internal error encountered.");
    }

    @Override
    public List<String> ledger() {
        return cloud.ledger();
    }

    /// @param id `ZONE/NAME`
    @Override
    public void preempt(String id) {
        String[] parts = id.split("/");
        cloud.preemptAtOnce(parts[0], parts[1]);
    }

    @Override
    public void full(String zone) {
        cloud.full(zone);
    }

    @Override
    public void noQuota(String region) {
        cloud.noQuota(region);
    }

    @Override
    public boolean bare(String region) {
        cloud.network().notIn(region);
        return true;
    }

    @Override
    protected Reply page(int status) {
        return Reply.of(
                status,
                "text/html; charset=UTF-8",
                "<!DOCTYPE html><html><title>Error " + status + "</title><p>That's an error.</html>");
    }
}
