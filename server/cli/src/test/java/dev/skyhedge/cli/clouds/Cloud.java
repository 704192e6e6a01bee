package dev.skyhedge.cli.clouds;

import java.util.List;

/// A cloud that there is a plugin and a fake of.
enum Cloud {
    AWS("aws", "FakeEc2Main", List.of("0"), """
            provider "aws" {
              endpoint     = "%s"
              regions      = ["us-east-1", "us-west-2"]
              poll_seconds = 1
            }
            """),
    GCP("gcp", "ComputeFakeProcess", List.of("0", "--answer", "--orders", "--swift"), """
            provider "gcp" {
              endpoint     = "%s"
              project      = "acme-ml"
              regions      = ["us-central1", "europe-west4"]
              poll_seconds = 1
            }
            """),
    AZURE("azure", "AzureFakeProcess", List.of("0", "--answer", "--orders", "--swift"), """
            provider "azure" {
              endpoint     = "%s"
              subscription = "11111111-2222-3333-4444-555555555555"
              ssh_key      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample"
              regions      = ["eastus", "westeurope"]
              poll_seconds = 1
            }
            """),
    KUBERNETES("kubernetes", "ApiServerFakeProcess", List.of("0", "--answer", "--orders", "--swift"), """
            provider "kubernetes" {
              endpoint  = "%s"
              namespace = "ml"
            }
            """);

    /// Those where machines are rented.
    static final List<Cloud> OF_MACHINES = List.of(AWS, GCP, AZURE);

    private final String word;
    private final String fake;
    private final List<String> fakeArguments;
    private final String block;

    Cloud(String word, String fake, List<String> fakeArguments, String block) {
        this.word = word;
        this.fake = fake;
        this.fakeArguments = fakeArguments;
        this.block = block;
    }

    /// As specs and locations name it.
    String word() {
        return word;
    }

    /// The class that is the fake's process.
    String fakeClass() {
        return "dev.skyhedge.providers." + word + ".fake." + fake;
    }

    List<String> fakeArguments() {
        return fakeArguments;
    }

    /// The provider block of a spec.
    String block(String endpoint) {
        return block.formatted(endpoint);
    }
}
