package dev.skyhedge.providers.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.resources.fluent.ResourceManagementClient;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Azure's clients, on one pipeline of our own: plain http works on it, nothing in it repeats calls (ours
/// carry the token), and no credentials go anywhere but to the resource manager. Where the endpoint is not
/// Azure's there are none, so that no key ever reaches an emulator.
final class AzureClients implements AutoCloseable {
    /// After this time without an answer a call's outcome is unknown.
    static final Duration CALL_TIME = Duration.ofSeconds(60);

    private static final Duration CONNECT_TIME = Duration.ofSeconds(15);
    private static final String TENANT_OF_NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String NOBODY = "Bearer nobody";

    /// Without a length in its headers this client sends a body in chunks, which not everybody between us
    /// and Azure takes; with one it sends the length, and warns at every call that it was told one. Kept
    /// here because nobody else keeps it: levels are forgotten with their logger.
    private static final Logger WARNS_AT_EVERY_CALL = Logger.getLogger("com.azure.core.http.jdk.httpclient");

    static {
        WARNS_AT_EVERY_CALL.setLevel(Level.SEVERE);
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpPipeline pipeline;
    private final ComputeManager manager;
    private final String host;

    /// Builds the clients. Credentials are looked for with the first call.
    ///
    /// @param endpoint empty for Azure's own, with the default chain of credentials
    AzureClients(Optional<URI> endpoint, String subscription) {
        AzureEnvironment environment = endpoint.map(AzureClients::environment).orElse(AzureEnvironment.AZURE);
        URI manages = URI.create(environment.getResourceManagerEndpoint());
        host = authority(manages);
        HttpClient client = new JdkHttpClientBuilder()
                .executor(threads)
                .connectionTimeout(CONNECT_TIME)
                .responseTimeout(CALL_TIME)
                .readTimeout(CALL_TIME)
                .build();
        HttpPipelinePolicy authorization = endpoint.isPresent()
                ? (context, next) -> {
                    context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, NOBODY);
                    return next.process();
                }
                : atHome(new BearerTokenAuthenticationPolicy(
                        new DefaultAzureCredentialBuilder().httpClient(client).build(),
                        environment.getManagementEndpoint() + "/.default"));
        pipeline = new HttpPipelineBuilder()
                .policies(
                        // Whether a body is an error's is known only after it has been looked at once.
                        (context, next) -> next.process().map(HttpResponse::buffer),
                        new UserAgentPolicy("skyhedge"),
                        new RequestIdPolicy(),
                        authorization)
                .httpClient(client)
                .build();
        manager = ComputeManager.authenticate(pipeline, new AzureProfile(TENANT_OF_NOBODY, subscription, environment));
    }

    private static AzureEnvironment environment(URI endpoint) {
        Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        String address = endpoint.toString().endsWith("/") ? endpoint.toString() : endpoint + "/";
        for (String name :
                new String[] {"resourceManagerEndpointUrl", "managementEndpointUrl", "activeDirectoryEndpointUrl"}) {
            endpoints.put(name, address);
        }
        return new AzureEnvironment(endpoints);
    }

    /// A page or an operation may be said to be anywhere; our credentials do not follow.
    private HttpPipelinePolicy atHome(HttpPipelinePolicy authorization) {
        return (context, next) ->
                isHome(context.getHttpRequest().getUrl()) ? authorization.process(context, next) : next.process();
    }

    /// Whether the address is the resource manager's.
    boolean isHome(URL address) {
        return host.equals(authority(URI.create(address.toString())));
    }

    private static String authority(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    HttpPipeline pipeline() {
        return pipeline;
    }

    ComputeManagementClient compute() {
        return manager.serviceClient();
    }

    NetworkManagementClient network() {
        return manager.networkManager().serviceClient();
    }

    ResourceManagementClient resources() {
        return manager.resourceManager().serviceClient();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
