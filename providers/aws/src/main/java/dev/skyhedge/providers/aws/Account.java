package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// Whose cloud this is. Every account owns a security group called `default`, which names its owner; that
/// saves the
/// plugin a second client for the one question. Thread-safe.
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
        return calls.read(
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
                                .orElse(""))
                .map(owner -> {
                    CloudAccount read =
                            new CloudAccount(settings.common().endpoint().name(), owner);
                    known = read;
                    return read;
                });
    }
}
