service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
    command = ["sh", "-c", <<EOT
      exec serve
    ]
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
}
