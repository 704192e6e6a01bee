package dev.skyhedge.cli.command;

import java.util.Optional;

/// The version of this build.
public final class ProductVersion {
    private ProductVersion() {}

    /// As in the manifest; of a build that is none, a word that says so.
    public static String text() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
