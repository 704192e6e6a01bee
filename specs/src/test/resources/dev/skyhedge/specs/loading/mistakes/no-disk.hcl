service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
    command = ["--port", "8000"]
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
    disk_gb      = 0
  }
  protect = true
}
