package dev.skyhedge.providers.local;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Provider;
import java.nio.file.Path;

/// A client that launches an instance, prints its id and dies at once: `OneShotClient DIRECTORY REPLICA`.
final class OneShotClient {
    private OneShotClient() {}

    public static void main(String[] args) {
        Provider provider = Box.open(Path.of(args[0]));
        Instance launched = Box.done(provider.launch(Box.request(args[1], "sleep", "120")));
        System.out.println("launched " + launched.id());
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }
}
