service "web" {
  replica {
    command = ["serve"]
    port    = 8000
  }

  resources {
    accelerators = ["CPU:1"]
    locations    = ["local/*/*"]
  }

  readiness {
    headers = { "Content-Length" = "3" }
  }
}
