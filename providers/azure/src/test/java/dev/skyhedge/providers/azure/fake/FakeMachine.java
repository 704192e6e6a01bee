package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A machine: what was asked for, and the times at which something happens to it.
final class FakeMachine {
    final String group;
    final String name;
    final Map<String, Object> asked;
    final int number;
    final Instant createdAt;
    final Instant madeAt;
    final Instant runsAt;
    final Instant listedFrom;
    final Optional<Refusal> failure;
    Optional<Instant> stoppingAt = Optional.empty();
    Optional<Instant> goneAt = Optional.empty();
    String power = "running";

    FakeMachine(
            String group,
            String name,
            Map<String, Object> asked,
            int number,
            Instant createdAt,
            Instant madeAt,
            Instant runsAt,
            Instant listedFrom,
            Optional<Refusal> failure) {
        this.group = group;
        this.name = name;
        this.asked = asked;
        this.number = number;
        this.createdAt = createdAt;
        this.madeAt = madeAt;
        this.runsAt = runsAt;
        this.listedFrom = listedFrom;
        this.failure = failure;
    }

    String id() {
        return group + "/" + name;
    }

    String region() {
        return Json.text(asked, "location");
    }

    String zone() {
        return Json.text(asked, "zones", 0);
    }

    String size() {
        return Json.text(asked, "properties", "hardwareProfile", "vmSize");
    }

    boolean isSpot() {
        return Json.text(asked, "properties", "priority").equals("Spot");
    }

    String tag(String name) {
        return Json.text(asked, "tags", name);
    }

    boolean exists(Instant now) {
        return goneAt.isEmpty() || now.isBefore(goneAt.get());
    }

    boolean hasFailed(Instant now) {
        return failure.isPresent() && !now.isBefore(madeAt);
    }

    void stop(Instant now, Instant gone) {
        stoppingAt =
                Optional.of(stoppingAt.filter(before -> before.isBefore(now)).orElse(now));
        goneAt = Optional.of(goneAt.filter(before -> before.isBefore(gone)).orElse(gone));
    }

    String provisioning(Instant now) {
        if (stoppingAt.isPresent()) {
            return "Deleting";
        }
        if (now.isBefore(madeAt)) {
            return "Creating";
        }
        return failure.isPresent() ? "Failed" : "Succeeded";
    }

    /// What is known of its run.
    Map<String, Object> view(Instant now) {
        List<Object> statuses = new ArrayList<>();
        String state = provisioning(now);
        if (failure.isPresent() && state.equals("Failed")) {
            statuses.add(Json.object(
                    "code",
                    "ProvisioningState/failed/" + failure.get().code(),
                    "level",
                    "Error",
                    "displayStatus",
                    "Provisioning failed",
                    "message",
                    String.valueOf(failure.get().getMessage()),
                    "time",
                    madeAt.toString()));
        } else {
            statuses.add(Json.object("code", "ProvisioningState/" + state.toLowerCase(java.util.Locale.ROOT)));
            String shown = now.isBefore(runsAt) ? "starting" : power;
            statuses.add(Json.object("code", "PowerState/" + shown, "level", "Info", "displayStatus", "VM " + shown));
        }
        return Json.object("statuses", statuses);
    }
}
