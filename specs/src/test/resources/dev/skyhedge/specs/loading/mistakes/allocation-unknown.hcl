service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
  }

  resources {
    accelerators = ["L4:1", "A100-80GB:1"]
    locations    = ["aws/us-east-1/*"]
  }

  allocation "cheapest" {
    replicas = { "L4:1" = 1 }
  }
}
