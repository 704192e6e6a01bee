# A real embedding model on a cloud in a box.
#
#   ./skyhedge watch specs/examples/quickstart.hcl
#
# Everything runs on this machine: each instance is a process, each zone has a spot market that takes its instances
# away again and again. Send requests to http://127.0.0.1:8080/v1/embeddings meanwhile and see that none of them fails.

# The cloud in a box: three regions with two zones each. Market times are far shorter than in life, so that a
# preemption comes within the first minute.
provider "local" {
  regions = {
    east  = ["east-a", "east-b"]
    west  = ["west-a", "west-b"]
    north = ["north-a", "north-b"]
  }

  # What can be rented in every zone, in USD per hour. `spot` is the mean; zones differ a little.
  instance_types = {
    small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 }
  }

  market = {
    kind      = "synthetic"
    seed      = 7     # another seed, another course of events; the same seed, the same one
    mean_up   = "45s" # how long a zone has spot capacity, on average
    mean_down = "20s" # how long it then has none
    notice    = "5s"  # warning before an instance is taken away
  }
}

service "embed" {
  # What each replica runs. A provider that puts several replicas on one machine gives each its own port, in the
  # environment variable PORT, which this server reads.
  replica {
    command = ["skyhedge-model-server"]
    port    = 8000
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"] # any region, any zone
  }

  # A replica takes requests once this path answers 200.
  readiness {
    path          = "/health"
    period        = "1s"
    initial_delay = "1m" # one that is not ready by then is replaced
  }

  # The default, which holds without the block, too: spot replicas where losses are expected least, a spare while its
  # price is worth it, and on-demand replicas standing in while spot is missing.
  placement "skyhedge" {
    spares             = "auto"
    on_demand_fallback = true
  }

  scaling {
    min_replicas = 3
  }

  # Where requests arrive.
  endpoint {
    port   = 8080
    policy = "least_load"
  }
}

output "url" {
  value = service.embed.url
}
