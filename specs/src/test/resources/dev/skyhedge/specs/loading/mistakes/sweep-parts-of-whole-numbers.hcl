sweep "fit" {
  deadline   = "10m"
  max_trials = 4

  metric {
    name = "accuracy"
  }

  space {
    param "lr" { int_uniform = [1, 2.5] }
  }

  scheduler "hypersched" {
    max_t = 9
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
