package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeSpotInstanceRequestsRequest;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;

/// The requests that stand behind spot instances. EC2 makes one for each; its status tells that the instance
/// will be taken before the instance itself does.
final class SpotRequests {
    /// Statuses of a request whose instance will be taken within two minutes.
    private static final List<String> NOTICES = List.of("marked-for-termination", "marked-for-stop");

    private static final int PAGE = 1000;

    private final Ec2Calls calls;

    SpotRequests(Ec2Calls calls) {
        this.calls = calls;
    }

    /// The requests of a lineage whose instances are about to be taken.
    Outcome<List<SpotInstanceRequest>> announced(String region, String lineage) {
        return calls.read(
                        region,
                        ec2 -> Pages.all((Optional<String> token) -> {
                            var request = DescribeSpotInstanceRequestsRequest.builder()
                                    .filters(Fleet.ofLineage(lineage))
                                    .maxResults(PAGE);
                            token.ifPresent(request::nextToken);
                            var answer = ec2.describeSpotInstanceRequests(request.build());
                            return new Pages.Page<>(answer.spotInstanceRequests(), answer.nextToken());
                        }))
                .map(all -> all.stream().filter(SpotRequests::isAnnounced).toList());
    }

    private static boolean isAnnounced(SpotInstanceRequest request) {
        return request.status() != null
                && request.instanceId() != null
                && NOTICES.contains(String.valueOf(request.status().code()));
    }

    /// Cancels a request, so that nothing of it stays open. EC2 itself closes a one-time request whose instance
    /// has been ended, so a refusal that stays is no reason to try again for ever.
    Outcome<Boolean> cancel(String region, String request) {
        Outcome<Boolean> answer = calls.read(region, ec2 -> {
            ec2.cancelSpotInstanceRequests(one -> one.spotInstanceRequestIds(request));
            return true;
        });
        return answer instanceof Outcome.Failed<Boolean>(Failure failure) && !mayPass(failure)
                ? Outcome.done(false)
                : answer;
    }

    /// Whether the same question may have another answer in a while.
    static boolean mayPass(Failure failure) {
        return failure instanceof Failure.Throttled || failure instanceof Failure.OutcomeUnknown;
    }
}
