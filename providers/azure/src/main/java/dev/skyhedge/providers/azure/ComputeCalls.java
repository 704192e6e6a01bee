package dev.skyhedge.providers.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import dev.skyhedge.providers.cloud.calls.ApiGroup;
import dev.skyhedge.providers.cloud.calls.CallPacing;
import dev.skyhedge.providers.cloud.calls.CallRate;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.calls.Outages;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The calls of the API that we make, paced and repeated. All of them may be repeated: they read, they
/// delete, or they create under a name that follows from the launch's token, only if nothing has that name.
final class ComputeCalls {
    // Azure permits 825 creations, 234 deletions and 3976 cheap reads in three minutes, as recorded from its replies;
    // about half of that leaves room for others. A look at all regions is more than a hundred reads.
    private static final CallRate CREATIONS = new CallRate(2, 40);
    private static final CallRate DELETIONS = new CallRate(0.7, 40);
    private static final CallRate READS = new CallRate(10, 200);

    private static final int MAX_PAGES = 400;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ONLY_NEW = "*";
    private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");

    private final AzureClients clients;
    private final String subscription;
    private final Pause pause;
    private final CallPacing pacing;
    private final Outages outages;
    private final CallRepeater repeater;
    private final RemainingCalls remaining = new RemainingCalls();

    ComputeCalls(
            AzureClients clients, AzureSettings settings, InstantSource clock, Pause pause, RandomGenerator random) {
        this.clients = clients;
        this.subscription = settings.subscription();
        this.pause = pause;
        this.pacing = new CallPacing(ComputeCalls::rate, clock, pause);
        this.outages = new Outages(settings.cloud().endpoint(), clock);
        this.repeater = new CallRepeater(pacing, clock, pause, random, outages);
    }

    /// A creation that was accepted.
    ///
    /// @param operation where its progress can be asked for; empty if Azure did not say
    /// @param retryAfter when to ask
    record Accepted(Optional<URL> operation, Optional<Duration> retryAfter) {}

    /// How far an operation is.
    ///
    /// @param status the word for it, such as `InProgress`; empty if the reply has none
    /// @param error what went wrong, for one that failed
    /// @param retryAfter when to ask again
    record Progress(String status, CloudError error, Optional<Duration> retryAfter) {}

    /// Creates the machine. Fails with a conflict if there is one of that name.
    Outcome<Accepted> create(MachineId id, VirtualMachineInner order, Scope scope) {
        return call("write", scope, () -> {
            Response<Flux<ByteBuffer>> response = answer(clients.compute()
                    .getVirtualMachines()
                    .createOrUpdateWithResponseAsync(id.group(), id.name(), order, null, ONLY_NEW));
            HttpHeaders headers = response.getHeaders();
            if (remaining.areScarce(headers)) {
                pacing.throttled(new ApiGroup(subscription, "", "write"));
            }
            byte[] body = answer(FluxUtil.collectBytesInByteBufferStream(response.getValue()));
            if (AzureErrors.object(new String(body, StandardCharsets.UTF_8)).isEmpty()) {
                return Outcome.failed(new Failure.OutcomeUnknown("The answer to a creation cannot be read"));
            }
            return Outcome.done(new Accepted(operation(headers), AzureErrors.retryAfter(headers)));
        });
    }

    private static CallRate rate(ApiGroup called) {
        return switch (called.group()) {
            case "write" -> CREATIONS;
            case "delete" -> DELETIONS;
            default -> READS;
        };
    }

    /// Asks how far an operation is. A failed one is no failure of this call.
    Outcome<Progress> progress(URL operation) {
        return call("operation", AzureFailures.EVERYTHING, () -> {
            try (HttpResponse response = answer(clients.pipeline().send(new HttpRequest(HttpMethod.GET, operation)))) {
                String body = response.getBodyAsString().blockOptional().orElse("");
                CloudError error = AzureErrors.of(response.getStatusCode(), response.getHeaders(), body);
                if (response.getStatusCode() >= 300) {
                    return Outcome.failed(AzureFailures.of(error, AzureFailures.EVERYTHING));
                }
                Map<?, ?> told = AzureErrors.object(body);
                return told.isEmpty()
                        ? Outcome.failed(new Failure.OutcomeUnknown("The state of an operation cannot be read"))
                        : Outcome.done(new Progress(
                                AzureErrors.text(told, "status"),
                                error,
                                AzureErrors.retryAfter(response.getHeaders())));
            }
        });
    }

    /// A page of the public price list.
    Outcome<Map<?, ?>> prices(URI page) {
        // The price list is somewhere else and needs no account.
        return call(new ApiGroup("", "", "prices"), AzureFailures.EVERYTHING, () -> {
            try (HttpResponse response =
                    answer(clients.pipeline().send(new HttpRequest(HttpMethod.GET, page.toString())))) {
                String body = response.getBodyAsString().blockOptional().orElse("");
                if (response.getStatusCode() >= 300) {
                    return Outcome.failed(AzureFailures.of(
                            AzureErrors.of(response.getStatusCode(), response.getHeaders(), body),
                            AzureFailures.EVERYTHING));
                }
                Map<?, ?> told = AzureErrors.object(body);
                return told.isEmpty()
                        ? Outcome.failed(new Failure.OutcomeUnknown("The price list cannot be read"))
                        : Outcome.done(told);
            }
        });
    }

    /// A client that ends a call without an answer and without an error has lost its connection.
    private static <A> A answer(Mono<A> call) {
        return call.blockOptional().orElseThrow(() -> new UncheckedIOException(new IOException("no answer")));
    }

    private Optional<URL> operation(HttpHeaders headers) {
        String address = headers.getValue(OPERATION);
        if (address == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(address).toURL()).filter(clients::isHome);
        } catch (IllegalArgumentException | MalformedURLException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Begins a deletion.
    Outcome<Boolean> delete(MachineId id) {
        return call("delete", AzureFailures.EVERYTHING, () -> {
            clients.compute()
                    .getVirtualMachines()
                    .deleteWithResponseAsync(id.group(), id.name(), null)
                    .block();
            return Outcome.done(true);
        });
    }

    /// The machine, with what is known of its run.
    Outcome<VirtualMachineInner> machine(MachineId id) {
        return value(
                "read",
                () -> clients.compute()
                        .getVirtualMachines()
                        .getByResourceGroupWithResponse(
                                id.group(), id.name(), InstanceViewTypes.INSTANCE_VIEW, Context.NONE)
                        .getValue());
    }

    /// The machines of a group, or of the whole subscription if none is given; not what is known of their run.
    Outcome<List<VirtualMachineInner>> machines(Optional<String> group) {
        return pages(() -> group.isPresent()
                ? clients.compute().getVirtualMachines().listByResourceGroup(group.get(), null, null, Context.NONE)
                : clients.compute().getVirtualMachines().list(null, null, null, Context.NONE));
    }

    /// What is known of the run of all machines of the subscription.
    Outcome<List<VirtualMachineInner>> statuses() {
        return pages(() -> clients.compute().getVirtualMachines().list("true", null, null, Context.NONE));
    }

    /// What is sold in a region, and to whom.
    Outcome<List<ResourceSkuInner>> skus(String region) {
        return pages(
                () -> clients.compute().getResourceSkus().list("location eq '" + region + "'", null, Context.NONE));
    }

    Outcome<List<UsageInner>> usages(String region) {
        return pages(() -> clients.compute().getUsages().list(region));
    }

    Outcome<ResourceGroupInner> group(String name) {
        return value(
                "read",
                () -> clients.resources()
                        .getResourceGroups()
                        .getWithResponse(name, Context.NONE)
                        .getValue());
    }

    /// Makes a resource group. It has a region of its own, which says nothing about what is in it.
    Outcome<ResourceGroupInner> makeGroup(String name, String region, Map<String, String> tags) {
        ResourceGroupInner order = new ResourceGroupInner().withTags(tags);
        order.withLocation(region);
        return value(
                "write",
                () -> clients.resources()
                        .getResourceGroups()
                        .createOrUpdateWithResponse(name, order, Context.NONE)
                        .getValue());
    }

    /// All pages of a list.
    <A> Outcome<List<A>> pages(Supplier<PagedIterable<A>> list) {
        return call("list", AzureFailures.EVERYTHING, () -> {
            List<A> all = new ArrayList<>();
            int pages = 0;
            for (PagedResponse<A> page : list.get().iterableByPage()) {
                if (++pages > MAX_PAGES) {
                    return Outcome.failed(new Failure.OutcomeUnknown("More than " + MAX_PAGES + " pages"));
                }
                if (page.getValue() != null) {
                    page.getValue().stream().filter(Objects::nonNull).forEach(all::add);
                }
            }
            return Outcome.done(all);
        });
    }

    /// @param group of calls that are paced together
    <A> Outcome<A> value(String group, Supplier<A> call) {
        return call(group, AzureFailures.EVERYTHING, () -> {
            A value = call.get();
            return value == null
                    ? Outcome.failed(new Failure.OutcomeUnknown("The answer is empty"))
                    : Outcome.done(value);
        });
    }

    private <A> Outcome<A> call(String group, Scope scope, Supplier<Outcome<A>> call) {
        return call(new ApiGroup(subscription, "", group), scope, call);
    }

    private <A> Outcome<A> call(ApiGroup group, Scope scope, Supplier<Outcome<A>> call) {
        return repeater.call(group, LIMIT, () -> {
            try {
                Outcome<A> outcome = call.get();
                outages.answered(group);
                return outcome;
            } catch (ClientAuthenticationException e) {
                return Outcome.failed(
                        e.getResponse() == null
                                ? new Failure.Denied(firstLine("No credentials for Azure: " + e.getMessage()))
                                : AzureFailures.of(AzureErrors.of(e), scope));
            } catch (HttpResponseException e) {
                outages.answered(group);
                CloudError error = AzureErrors.of(e);
                return Outcome.failed(
                        error.status() >= 200 && error.status() < 300
                                ? new Failure.OutcomeUnknown("The answer cannot be read: " + e.getMessage())
                                : AzureFailures.of(error, scope));
            } catch (RuntimeException e) {
                outages.unanswered(group, e);
                return Outcome.failed(unanswered(e).orElseThrow(() -> e));
            }
        });
    }

    /// What the client throws when no answer came depends on where it was when that happened; empty for a bug.
    private static Optional<Failure> unanswered(RuntimeException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InterruptedException interrupted -> {
                    Thread.currentThread().interrupt();
                    return Optional.of(new Failure.OutcomeUnknown("interrupted while waiting for an answer"));
                }
                case RejectedExecutionException closed -> {
                    return Optional.of(new Failure.OutcomeUnknown("This client is closed"));
                }
                case IOException broken -> {
                    return Optional.of(noAnswer(broken));
                }
                case TimeoutException late -> {
                    return Optional.of(noAnswer(late));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /// The chain of credentials tells of each that it tried, a line each.
    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static Failure noAnswer(Exception cause) {
        return AzureFailures.of(
                CloudError.unanswered(cause.getClass().getSimpleName() + ": " + cause.getMessage()),
                AzureFailures.EVERYTHING);
    }

    /// The calls about networks, paced and repeated as these.
    NetworkCalls network() {
        return new NetworkCalls(this, clients);
    }

    /// How waits between calls pass.
    Pause pause() {
        return pause;
    }
}
