package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.ApiGroup;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.calls.Outages;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// Calls EC2: in the pace of each region, repeated where that may help, with exceptions turned into failures.
final class Ec2Calls {
    /// How EC2 counts calls: each group has its own bucket in each region.
    enum Group {
        DESCRIBE,
        RUN,
        TERMINATE,
        /// Of another service, which has few to give.
        QUOTAS
    }

    /// How long calls that may be repeated are repeated.
    static final Duration REPEATING = Duration.ofSeconds(45);

    private final RegionClients clients;
    private final CallRepeater repeater;
    private final Outages outages;

    /// @param outages what the repeater heeds
    Ec2Calls(RegionClients clients, CallRepeater repeater, Outages outages) {
        this.clients = clients;
        this.repeater = repeater;
        this.outages = outages;
    }

    /// A call that reads, repeated while it is throttled or not answered.
    <T> Outcome<T> read(String region, Function<Ec2Client, T> call) {
        return repeated(region, Group.DESCRIBE, () -> once(region, region(region), call));
    }

    /// What the account may have in a region.
    Outcome<List<ServiceQuotas.Quota>> quotas(String region) {
        return repeated(region, Group.QUOTAS, () -> clients.quotas().read(region));
    }

    /// Anything that may be repeated.
    <T> Outcome<T> repeated(String region, Group group, Supplier<Outcome<T>> call) {
        return repeater.call(new ApiGroup("", region, group.name()), REPEATING, call);
    }

    /// One call.
    ///
    /// @param scope what a failure is about
    <T> Outcome<T> once(String region, Scope scope, Function<Ec2Client, T> call) {
        ApiGroup calls = new ApiGroup("", region, "");
        try {
            T answer = call.apply(clients.in(region));
            outages.answered(calls);
            return Outcome.done(answer);
        } catch (SdkException e) {
            outages.unanswered(calls, e);
            return Outcome.failed(SdkErrors.failure(e, scope));
        } catch (Pages.EndlessPages e) {
            return Outcome.failed(new Failure.OutcomeUnknown(String.valueOf(e.getMessage())));
        }
    }

    /// Everything in a region.
    static Scope region(String region) {
        return new Scope(pattern(region), Optional.empty(), Optional.empty());
    }

    static LocationPattern pattern(String region) {
        return new LocationPattern(AwsProviderFactory.NAME, region, "*");
    }
}
