package dev.skyhedge.cli.watch;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.watch.installation.NoticeAddresses;

/// Where instances report what their cloud tells them.
final class NoticeArguments {
    private String url = "";

    void declare(Declaration declared) {
        declared.option("--notices-url", "URL", OptionValues.text())
                .help("Where replicas in clouds report preemption notices: an address of this watch, or of a proxy "
                        + "before it, that they can reach, with the path /v1/notices. Default: $SKYHEDGE_NOTICES_URL")
                .into(value -> url = value);
    }

    NoticeAddresses addresses() {
        return new NoticeAddresses(url);
    }
}
