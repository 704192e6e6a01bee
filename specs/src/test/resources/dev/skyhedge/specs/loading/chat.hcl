variable "model" {
  type    = string
  default = "meta-llama/Llama-3.1-8B-Instruct"
}

provider "aws" { regions = ["us-east-1", "us-west-2", "eu-central-1"] }
provider "gcp" { project = "acme-ml" }

service "chat" {
  replica {
    image   = "vllm/vllm-openai:v0.10.2"
    command = ["--model", var.model, "--port", "8000"]
    port    = 8000
    env     = { HF_TOKEN = secret("env:HF_TOKEN") }
  }

  resources {
    accelerators = ["L4:1", "A10G:1", "A100-80GB:1"]     # any of these
    locations    = ["aws/us-east-1/*", "aws/us-west-2/*", "gcp/*/*"]
  }

  readiness {
    path          = "/health"
    period        = "5s"
    initial_delay = "20m"
  }

  placement "spothedge" {
    spares             = 1
    on_demand_fallback = true
    on_demand_base     = 0
  }

  scaling {
    min_replicas           = 3
    max_replicas           = 12
    target_qps_per_replica = 2.5
    upscale_delay          = "5m"
    downscale_delay        = "20m"
  }

  endpoint {
    port   = 8080
    policy = "least_load"
  }

  protect = true                                          # plan refuses to remove the service
}

output "url" { value = service.chat.url }
