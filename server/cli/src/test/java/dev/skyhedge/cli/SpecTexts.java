package dev.skyhedge.cli;

/// Specs for the cloud next door.
final class SpecTexts {
    static final String CHAT = """
            service "chat" {
              replica {
                command = ["serve"]
                port    = 8000
              }

              resources {
                accelerators = ["L4:1"]
                locations    = ["simulated/*/*"]
              }

              readiness {
                path          = "/health"
                period        = "1s"
                initial_delay = "20s"
              }

              placement "spothedge" {
                spares             = 0
                on_demand_fallback = false
              }

              scaling {
                min_replicas = 2
              }
            }

            output "model" {
              value = "mini"
            }
            """;

    private SpecTexts() {}

    /// The same with another service beside it.
    static String chatAnd(String other) {
        return CHAT + CHAT.substring(0, CHAT.indexOf("output")).replace("\"chat\"", "\"" + other + "\"");
    }

    /// Three replicas, and nothing said that need not be.
    static String three(String accelerator, String location) {
        return """
                service "chat" {
                  replicas = 3
                  replica {
                    command = ["serve"]
                    port    = 8000
                  }
                  resources {
                    accelerators = ["%s"]
                    locations    = ["%s"]
                  }
                }
                """.formatted(accelerator, location);
    }
}
