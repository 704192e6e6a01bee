sweep "fit" {
  deadline   = "10s"
  max_trials = 4

  metric {
    name = "accuracy"
  }

  space {
    param "lr" { uniform = [0, 1] }
  }

  scheduler "hypersched" {
    max_t = 9
  }

  trial {
    command        = ["train", "--lr", "${param.lr}"]
    checkpoint_dir = "/tmp/checkpoints"
    grace = "30s"
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"]
    atoms        = 2
  }
}
