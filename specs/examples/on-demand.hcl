# No spot at all: every replica on demand, in the cheapest place. The same file with placement "skyhedge" shows in
# `skyhedge plan` what spot would save.

provider "local" {
  regions = {
    east = ["east-a", "east-b"]
    west = ["west-a", "west-b"]
  }

  instance_types = {
    small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 }
  }
}

service "embed" {
  replica {
    command = ["skyhedge-model-server"]
    port    = 8000
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"]
  }

  readiness {
    path          = "/health"
    period        = "1s"
    initial_delay = "1m"
  }

  placement "on_demand" {}

  scaling {
    min_replicas = 2
  }

  endpoint {
    port   = 8081
    policy = "round_robin" # in turn; "least_load" prefers whoever has the fewest requests in flight
  }
}

output "url" {
  value = service.embed.url
}
