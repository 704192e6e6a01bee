package dev.skyhedge.providers.cloud.boot;

import java.net.URI;

/// The service inside each cloud that tells an instance about itself. Each announces a preemption in its own way.
public enum MetadataService {
    /// Session token first (IMDSv2); a spot interruption about two minutes ahead; rebalance hints.
    AWS("aws", "http://169.254.169.254"),
    /// A long poll that answers as soon as the instance is being preempted, about 30 seconds ahead.
    GCP("gcp", "http://metadata.google.internal"),
    /// A list of scheduled events; an event may be acknowledged so that it happens at once.
    AZURE("azure", "http://169.254.169.254"),
    /// No such service: the agent reports readiness and shutdown only.
    NONE("none", "http://127.0.0.1:9");

    private final String word;
    private final URI address;

    MetadataService(String word, String address) {
        this.word = word;
        this.address = URI.create(address);
    }

    String word() {
        return word;
    }

    /// Where every instance of this cloud finds it.
    public URI address() {
        return address;
    }
}
