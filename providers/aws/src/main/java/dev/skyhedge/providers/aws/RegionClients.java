package dev.skyhedge.providers.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// One client for each region, made on first use and kept. The SDK repeats nothing: who repeats must know what a
/// repetition may do, and the SDK does not.
///
/// With an endpoint of the user's the default credential chain is not asked, so that real keys never reach an
/// emulator.
final class RegionClients implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /// Emulators take any keys; these are the ones that they document.
    private static final String EMULATOR_KEY = "test";

    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIME)
            .socketTimeout(SILENCE)
            .build();
    private final Map<String, Ec2Client> clients = new ConcurrentHashMap<>();

    RegionClients(Optional<URI> endpoint) {
        this.endpoint = endpoint;
        this.credentials = endpoint.isPresent()
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create(EMULATOR_KEY, EMULATOR_KEY))
                : new DefaultCredentials();
    }

    Ec2Client in(String region) {
        return clients.computeIfAbsent(region, this::make);
    }

    /// The service that tells quotas.
    ServiceQuotas quotas() {
        return new ServiceQuotas(endpoint, http, credentials);
    }

    private Ec2Client make(String region) {
        var builder = Ec2Client.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(settings ->
                        settings.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(AwsProvider.CALL_TIME));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public void close() {
        clients.values().forEach(Ec2Client::close);
        clients.clear();
        http.close();
        if (credentials instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("Credentials that do not close", e);
            }
        }
    }
}
