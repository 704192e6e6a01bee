package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.diagnosis.Findings;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/// Looks at what the provider needs, without renting anything.
final class Diagnosis {
    private static final String REMEDY_PERMISSION = "Permit it to the user or role whose credentials are used.";
    private static final String SMALL_TYPE = "g4dn.xlarge";

    private final Ec2Calls calls;
    private final AwsSettings settings;
    private final Account account;
    private final EnabledRegions enabled;
    private final Prices prices;
    private final InstantSource clock;

    Diagnosis(
            Ec2Calls calls,
            AwsSettings settings,
            Account account,
            EnabledRegions enabled,
            Prices prices,
            InstantSource clock) {
        this.calls = calls;
        this.settings = settings;
        this.account = account;
        this.enabled = enabled;
        this.prices = prices;
        this.clock = clock;
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        settings.common()
                .endpoint()
                .override()
                .ifPresent(endpoint -> all.add(new Finding.Notable(
                        "endpoint",
                        "not Amazon's own: " + endpoint,
                        "Remove endpoint, or the variable that sets it, to use the real cloud.")));
        Finding credentials = credentials();
        all.add(credentials);
        if (!(credentials instanceof Finding.Bad)) {
            // Without them each further question has the same answer.
            all.add(regions());
            all.add(image());
        }
        all.add(Findings.prices("on-demand prices", prices.catalog().pricedAt(), clock.instant()));
        return all;
    }

    private Finding credentials() {
        return switch (account.read()) {
            case Outcome.Done<CloudAccount>(CloudAccount owner) ->
                new Finding.Good("credentials", "account " + (owner.account().isEmpty() ? "?" : owner.account()));
            case Outcome.Failed<CloudAccount>(Failure failure) ->
                bad("credentials", failure, "Set up credentials, for example with `aws configure` or a role.");
        };
    }

    private Finding regions() {
        return switch (enabled.names()) {
            case Outcome.Failed<List<String>>(Failure failure) ->
                bad("regions", failure, "Permit ec2:DescribeRegions; without it instances may be overlooked.");
            case Outcome.Done<List<String>>(List<String> names) -> {
                List<String> missing = settings.common().regions().stream()
                        .filter(region -> !names.contains(region))
                        .toList();
                yield missing.isEmpty()
                        ? new Finding.Good("regions", names.size() + " enabled")
                        : new Finding.Bad(
                                "regions",
                                "not enabled: " + String.join(", ", missing),
                                "Enable them for the account, or take them out of regions.");
            }
        };
    }

    /// The image, and with it the permission to launch.
    private Finding image() {
        return switch (new Images(calls, settings).in(settings.home())) {
            case Outcome.Failed<Images.Choice>(Failure failure) ->
                bad("image", failure, "Name one with images = { " + settings.home() + " = \"ami-…\" }.");
            case Outcome.Done<Images.Choice>(Images.Choice choice) -> rehearsal(choice);
        };
    }

    private Finding rehearsal(Images.Choice image) {
        RunInstancesRequest order = RunInstancesRequest.builder()
                .imageId(image.id())
                .instanceType(SMALL_TYPE)
                .minCount(1)
                .maxCount(1)
                .dryRun(true)
                .build();
        Outcome<Boolean> outcome =
                calls.once(settings.home(), Ec2Calls.region(settings.home()), ec2 -> rehearse(ec2, order));
        return switch (outcome) {
            case Outcome.Done<Boolean>(Boolean onlyRehearsed) ->
                onlyRehearsed
                        ? new Finding.Good("launch", "permitted, with image " + image.id())
                        : new Finding.Notable(
                                "launch",
                                "this endpoint launches although it is asked not to; the instance was ended again",
                                "Do not use this endpoint for more than a try.");
            case Outcome.Failed<Boolean>(Failure failure) -> bad("launch", failure, REMEDY_PERMISSION);
        };
    }

    /// @return whether it stayed a rehearsal
    private static Boolean rehearse(Ec2Client ec2, RunInstancesRequest order) {
        try {
            List<String> rented = ec2.runInstances(order).instances().stream()
                    .map(software.amazon.awssdk.services.ec2.model.Instance::instanceId)
                    .toList();
            if (!rented.isEmpty()) {
                ec2.terminateInstances(all -> all.instanceIds(rented));
            }
            return rented.isEmpty();
        } catch (Ec2Exception e) {
            boolean rehearsed = Optional.ofNullable(e.awsErrorDetails())
                    .filter(details -> Ec2Failures.REHEARSED.equals(details.errorCode()))
                    .isPresent();
            if (rehearsed) {
                return true;
            }
            throw e;
        }
    }

    private static Finding bad(String subject, Failure failure, String remedy) {
        return new Finding.Bad(subject, failure.message(), remedy);
    }
}
