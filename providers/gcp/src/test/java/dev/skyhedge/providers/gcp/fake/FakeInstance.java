package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.NetworkInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A virtual machine and the times of its life. Its status is what those times say now.
final class FakeInstance {
    private static final Duration STAGING_AFTER = Duration.ofSeconds(2);
    private static final int OCTET = 250;

    final Instance asked;
    final String zone;
    final long id;
    final Instant createdAt;
    final Instant runningAt;
    final Instant listedFrom;
    Optional<Instant> stoppingAt = Optional.empty();
    Optional<Instant> goneAt = Optional.empty();
    boolean preempted;
    boolean halted;

    FakeInstance(Instance asked, String zone, long id, Instant createdAt, Instant runningAt, Instant listedFrom) {
        this.asked = asked;
        this.zone = zone;
        this.id = id;
        this.createdAt = createdAt;
        this.runningAt = runningAt;
        this.listedFrom = listedFrom;
    }

    String name() {
        return asked.getName();
    }

    String label(String key) {
        return asked.getLabelsOrDefault(key, "");
    }

    boolean isSpot() {
        return asked.getScheduling().getProvisioningModel().equals("SPOT")
                || asked.getScheduling().getPreemptible();
    }

    String machineType() {
        return lastSegment(asked.getMachineType());
    }

    boolean exists(Instant now) {
        return goneAt.isEmpty() || now.isBefore(goneAt.get());
    }

    boolean isRunning(Instant now) {
        return status(now).equals("RUNNING");
    }

    private Instant stagingFrom() {
        Instant late = createdAt.plus(STAGING_AFTER);
        return late.isBefore(runningAt) ? late : runningAt;
    }

    void stop(Instant from, Instant gone) {
        if (stoppingAt.isEmpty()) {
            stoppingAt = Optional.of(from);
        }
        if (goneAt.isEmpty() || gone.isBefore(goneAt.get())) {
            goneAt = Optional.of(gone);
        }
    }

    String status(Instant now) {
        if (halted) {
            return "TERMINATED";
        }
        if (stoppingAt.isPresent() && !now.isBefore(stoppingAt.get())) {
            return "STOPPING";
        }
        if (now.isBefore(stagingFrom())) {
            return "PROVISIONING";
        }
        return now.isBefore(runningAt) ? "STAGING" : "RUNNING";
    }

    /// The resource as the API shows it: what was asked for, and what only the cloud knows.
    Instance resource(Instant now, String prefix, String network) {
        String zoneLink = prefix + "/zones/" + zone;
        Instance.Builder shown = asked.toBuilder()
                .setId(id)
                .setKind("compute#instance")
                .setZone(zoneLink)
                .setSelfLink(zoneLink + "/instances/" + name())
                .setMachineType(zoneLink + "/machineTypes/" + machineType())
                .setCreationTimestamp(Rfc3339.of(createdAt))
                .setStatus(status(now))
                .setLabelFingerprint("42WmSpB8rSM=")
                .setFingerprint("ZGVhZGJlZWY=");
        if (!now.isBefore(runningAt)) {
            shown.setLastStartTimestamp(Rfc3339.of(runningAt));
        }
        for (AttachedDisk.Builder disk : shown.getDisksBuilderList()) {
            disk.clearInitializeParams()
                    .setSource(zoneLink + "/disks/" + name())
                    .setKind("compute#attachedDisk");
        }
        boolean first = true;
        for (NetworkInterface.Builder nic : shown.getNetworkInterfacesBuilderList()) {
            nic.setName("nic0").setKind("compute#networkInterface");
            if (!now.isBefore(stagingFrom())) {
                String host = (id / OCTET) % OCTET + "." + (id % OCTET + 1);
                nic.setNetworkIP("10.128." + host);
                if (first && nic.getAccessConfigsCount() > 0) {
                    nic.getAccessConfigsBuilder(0)
                            .setKind("compute#accessConfig")
                            .setNatIP(network + host);
                }
            }
            first = false;
        }
        if (shown.hasMetadata()) {
            shown.getMetadataBuilder().setKind("compute#metadata").setFingerprint("bWV0YWRhdGE=");
        }
        return shown.build();
    }

    static String lastSegment(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
