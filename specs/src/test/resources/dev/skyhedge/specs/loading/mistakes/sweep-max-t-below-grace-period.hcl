sweep "fit" {
  deadline   = "10m"
  max_trials = 4

  metric {
    name = "accuracy"
  }

  space {
    param "lr" { log_uniform = [0.001, 1] }
  }

  scheduler "hypersched" {
    max_t = 3
    grace_period = 5
  }

  trial {
    command        = ["train", "--lr", "${param.lr}"]
    checkpoint_dir = "/tmp/checkpoints"
    
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"]
    atoms        = 2
  }
}
