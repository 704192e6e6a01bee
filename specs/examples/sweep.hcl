# The best model by a deadline: trainings with other parameters each, of which bad ones are cut.
#
#   ./skyhedge watch specs/examples/sweep.hcl
#
# Everything runs on this machine: each trial is a small neural network that awk trains, each zone has a spot market
# that takes its instances away again and again. `skyhedge status` shows the trials meanwhile.

provider "local" {
  regions = {
    east = ["east-a", "east-b"]
    west = ["west-a"]
  }

  instance_types = {
    small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 }
  }

  market = {
    kind      = "synthetic"
    seed      = 7
    mean_up   = "45s" # how long a zone has spot capacity, on average
    mean_down = "20s"
    notice    = "5s"
  }
}

sweep "spirals" {
  deadline   = "3m" # from the first apply; a sweep that is watched again keeps it
  max_trials = 20

  metric {
    name = "accuracy" # as the trials report it
  }

  space {
    seed = 1
    param "rate" {
      log_uniform = [0.0001, 1]
    }
    param "hidden" {
      int_uniform = [2, 20]
    }
    param "momentum" {
      choice = [0, 0.5, 0.9]
    }
  }

  scheduler "hypersched" {
    grace_period     = 3 # iterations before a trial may be cut
    max_t            = 60
    reduction_factor = 3
  }

  trial {
    command        = ["sh", "${abspath(path.module)}/sweep/train.sh", param.rate, param.hidden, param.momentum]
    checkpoint_dir = "/tmp/skyhedge-sweep" # seen by all machines: a paused trial goes on from it elsewhere
    grace          = "5s"
    max_failures   = 1
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"]
    atoms        = 3 # trials at a time
    market       = "spot"
  }
}
