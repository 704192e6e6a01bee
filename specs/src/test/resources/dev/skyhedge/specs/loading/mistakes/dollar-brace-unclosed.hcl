service "chat" {
  replica {
    image = "vllm/${var.x"
    port  = 8000
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
}
