package dev.skyhedge.providers.cloud.boot;

import dev.skyhedge.spi.Entrance;
import java.util.Locale;

/// What stands in front of a workload: a container that takes requests by TLS on the workload's port, asks for the
/// key, and passes them on to the workload, which is published on the machine's loopback address only. It is nginx as
/// its makers publish it, by digest, so that no tag that moves can be put in its place.
final class Proxy {
    /// The official image, version 1.27.5 on Alpine.
    static final String IMAGE =
            "nginx:1.27-alpine@sha256:65645c7bb6a0661892a8b03b89d0743208a18dd2f3f17a54ef4b76fb8e2f2a10";

    /// Starts it, again and again while that fails: registries limit how often they are asked.
    static final String START = BootScript.resource("proxy.sh").replace("@PROXY@", IMAGE);

    private static final String CONFIGURATION = BootScript.resource("nginx.conf");
    private static final int LAST_PORT = 65_535;

    private Proxy() {}

    /// The port of the loopback address where the workload is, if this one is the proxy's.
    static int inner(int port) {
        return port == LAST_PORT ? port - 1 : port + 1;
    }

    /// The part of a boot script that writes its files.
    static String files(Entrance entrance, int port) {
        String configuration = CONFIGURATION
                .replace("@PORT@", Integer.toString(port))
                .replace("@INNER@", Integer.toString(inner(port)))
                .replace("@HEADER@", entrance.header().toLowerCase(Locale.ROOT).replace('-', '_'))
                .replace("@VALUE@", entrance.value());
        return "mkdir -p proxy\n"
                + file("certificate.pem", entrance.certificate())
                + file("key.pem", entrance.privateKey())
                + file("nginx.conf", configuration);
    }

    private static String file(String name, String text) {
        return "unpack proxy/" + name + " <<END\n" + BootScript.base64(text) + "END\n";
    }
}
