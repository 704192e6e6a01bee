package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// Whose cloud this is. Every account owns a security group called `default`, which names its owner; that saves
/// the plugin a second client for the one question. Thread-safe.
final class Account {
    private final Ec2Calls calls;
    private final AwsSettings settings;

    @Nullable
    private volatile CloudAccount known;

    Account(Ec2Calls calls, AwsSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    Outcome<CloudAccount> read() {
        CloudAccount last = known;
        if (last != null) {
            return Outcome.done(last);
        }
        Outcome<String> owner = calls.read(
                settings.home(),
                ec2 -> ec2
                        .describeSecurityGroups(question -> question.filters(Filter.builder()
                                .name("group-name")
                                .values("default")
                                .build()))
                        .securityGroups()
                        .stream()
                        .map(SecurityGroup::ownerId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(""));
        return switch (owner) {
            case Outcome.Done<String>(String id) -> Outcome.done(keep(id));
            // An implementation of the API that has no security groups has no accounts either.
            case Outcome.Failed<String>(Failure.InvalidRequest unknown) -> Outcome.done(keep(""));
            case Outcome.Failed<String>(Failure failure) -> Outcome.failed(failure);
        };
    }

    private CloudAccount keep(String id) {
        CloudAccount read = new CloudAccount(settings.common().endpoint().name(), id);
        known = read;
        return read;
    }
}
