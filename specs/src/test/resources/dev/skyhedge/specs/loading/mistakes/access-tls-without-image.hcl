service "chat" {
  replica {
    command = ["serve"]
    port    = 8000

    access {
      tls = true
    }
  }

  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }

  readiness {
    https = true
  }
}
