package dev.skyhedge.providers.cloud.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a provider finds its cloud.
///
/// @param override another address than the cloud's own; empty for the real cloud
/// @param metadata another address of the metadata service that instances ask; empty for the cloud's own
public record CloudEndpoint(Optional<URI> override, Optional<URI> metadata) {
    /// The cloud itself.
    public static final CloudEndpoint REAL = new CloudEndpoint(Optional.empty(), Optional.empty());

    /// Whether the default credential chain may be consulted. Not with an overridden address: real keys never
    /// reach an emulator.
    public boolean mayUseDefaultCredentials() {
        return override.isEmpty();
    }

    /// The overridden address as [dev.skyhedge.spi.CloudAccount#endpoint()] has it; empty for the real cloud.
    public String name() {
        return override.map(URI::toString).orElse("");
    }

    static CloudEndpoint read(SettingReader reader, String provider, Map<String, String> environment) {
        String prefix = "SKYHEDGE_" + provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        boolean insecure = reader.flag("insecure", false);
        return new CloudEndpoint(
                address(reader, "endpoint", prefix + "ENDPOINT", environment, insecure),
                address(reader, "metadata_endpoint", prefix + "METADATA_ENDPOINT", environment, insecure));
    }

    private static Optional<URI> address(
            SettingReader reader, String setting, String variable, Map<String, String> environment, boolean insecure) {
        String fromEnvironment = environment.getOrDefault(variable, "");
        Optional<String> text = fromEnvironment.isBlank() ? reader.text(setting) : Optional.of(fromEnvironment.strip());
        String origin = fromEnvironment.isBlank() ? setting : setting + " (from " + variable + ")";
        Optional<URI> address = text.flatMap(given -> reader.address(origin, given));
        if (address.isPresent() && !insecure && isPlain(address.get()) && !isLoopback(address.get())) {
            reader.wrong(
                    origin,
                    "\"" + address.get() + "\" is plain http to another machine",
                    "Use https, or set insecure = true if everybody on the way may read the traffic.");
            return Optional.empty();
        }
        return address;
    }

    private static boolean isPlain(URI address) {
        return "http".equals(address.getScheme());
    }

    private static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
