variable "model" { default = "llama" }
service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
    command = ["--model", var.modle]
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
  protect = true
}
