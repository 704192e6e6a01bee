# Two sizes of machines, and as many of each as serve the workload for the least money.
#
#   ./skyhedge plan specs/examples/mixed.hcl
#   ./skyhedge watch specs/examples/mixed.hcl
#
# Everything runs on this machine, as in quickstart.hcl. The plan says why the mix is as it is, what one accelerator alone
# would cost, and what the mix costs at half and at double the rate.

provider "local" {
  regions = {
    east = ["east-a", "east-b"]
    west = ["west-a", "west-b"]
  }

  instance_types = {
    small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 }
    large = { accelerator = "CPU:2", on_demand = 0.25, spot = 0.08 }
  }

  market = {
    kind      = "synthetic"
    seed      = 7
    mean_up   = "45s"
    mean_down = "20s"
    notice    = "5s"
  }
}

service "embed" {
  replica {
    command = ["skyhedge-model-server"]
    port    = 8000
  }

  resources {
    accelerators = ["CPU:1", "CPU:2"]
    locations    = ["local/*/*"]
  }

  # Short texts are cheapest on the small machine, long ones on the large one.
  allocation "mixed" {
    profile  = file("mixed-profile.csv")
    headroom = 0.1

    workload {
      rate    = 10
      lengths = file("mixed-lengths.csv")
    }
  }

  readiness {
    path          = "/health"
    period        = "1s"
    initial_delay = "1m"
  }

  placement "skyhedge" {
    on_demand_fallback = true
  }

  endpoint {
    port   = 8080
    policy = "token_weighted"
  }
}

output "url" {
  value = service.embed.url
}
