package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Sha256;
import java.util.ArrayList;
import java.util.List;

/// Tells a repeated launch request from another one under the same token.
///
/// Neither the price nor the values of environment variables count: a price that moved or a secret that was
/// rotated between a crash and the repetition does not make it another launch, and a secret leaves no trace,
/// not even hashed.
final class Fingerprint {
    private Fingerprint() {}

    static String of(LaunchRequest request) {
        List<String> parts = new ArrayList<>(List.of(
                request.offer().instanceType(),
                request.offer().accelerator().toString(),
                request.offer().location().toString(),
                request.offer().market().word(),
                request.tags().lineage(),
                request.tags().service(),
                request.tags().replica(),
                Integer.toString(request.tags().generation()),
                request.workload().image().orElse(""),
                Integer.toString(request.workload().port())));
        parts.addAll(request.workload().command());
        parts.add("");
        parts.addAll(request.workload().environment().keySet());
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.length()).append(':').append(part));
        return Sha256.hex(text.toString());
    }
}
