package dev.skyhedge.cli;

import java.util.Optional;

/// The version of this build.
final class ProductVersion {
    private ProductVersion() {}

    /// As in the manifest; of a build that is none, a word that says so.
    static String text() {
        return Optional.ofNullable(ProductVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
