# Nothing runs, and nothing is paid for, while nobody asks. The first request is held until a replica is ready, then
# answered; replicas follow the load from there, and leave some time after the last request.

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

  # No spare: one that waits for work would defeat the purpose.
  placement "skyhedge" {
    spares             = 0
    on_demand_fallback = true
  }

  scaling {
    min_replicas           = 0
    max_replicas           = 4
    target_qps_per_replica = 20
    upscale_delay          = "5s"
    downscale_delay        = "30s"
  }

  endpoint {
    port   = 8082
    policy = "least_load"
  }
}

output "url" {
  value = service.embed.url
}
