service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = true and false ? 1 : 2
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
}
