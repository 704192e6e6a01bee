service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
    env   = { VLLM_API_KEY = secret("env:VLLM_API_KEY") }

    access {
      header = "X-Api-Key"
    }
  }

  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
}
