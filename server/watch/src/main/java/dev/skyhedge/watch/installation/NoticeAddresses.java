package dev.skyhedge.watch.installation;

import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.specs.ProviderSpec;
import dev.skyhedge.specs.Spec;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where instances report what their cloud tells them.
///
/// @param url for all clouds that do not have one of their own; if empty, what the environment says
public record NoticeAddresses(String url) {
    /// Only what the environment and the spec say.
    public static final NoticeAddresses USUAL = new NoticeAddresses("");

    /// The provider setting that says it for one cloud.
    private static final String SETTING = "notices_url";

    private static final String VARIABLE = "SKYHEDGE_NOTICES_URL";

    /// What gives launches the right to report; empty if they have nowhere to report to.
    ///
    /// @param directory where this installation keeps its key, unless the environment has one
    /// @throws Refusal if an address or the key is not good
    public Optional<NoticeAuthority> authority(Map<String, String> environment, Path directory, Spec spec) {
        String text = url.isEmpty() ? environment.getOrDefault(VARIABLE, "") : url;
        Optional<URI> everywhere =
                text.isBlank() ? Optional.empty() : Optional.of(address("-notices-url", text.strip()));
        Map<String, URI> ofClouds = new TreeMap<>();
        for (ProviderSpec provider : spec.providers()) {
            if (provider.settings().get(SETTING) instanceof String own) {
                ofClouds.put(provider.name(), address(SETTING + " of provider \"" + provider.name() + "\"", own));
            }
        }
        if (everywhere.isEmpty() && ofClouds.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new NoticeAuthority(InstallationKey.NOTICES.read(environment, directory), everywhere, ofClouds));
    }

    private static URI address(String origin, String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw invalid(origin, text);
        }
        throw invalid(origin, text);
    }

    private static Refusal invalid(String origin, String text) {
        return new Refusal(
                "Invalid " + origin,
                "\"" + text + "\" is not an address that replicas can post to. Write something like "
                        + "https://skyhedge.example.com/v1/notices.");
    }
}
