variable "name" { default = "a" }
service "chat" {
  replica {
    image = "vllm/" + var.name
    port  = 8000
  }
  resources {
    accelerators = ["L4:1"]
    locations    = ["aws/us-east-1/*"]
  }
}
