# A language model on spot GPUs of three clouds, behind one endpoint.
#
#   export HF_TOKEN=hf_…
#   export SKYHEDGE_VAR_ssh_key="$(cat ~/.ssh/id_ed25519.pub)"
#   skyhedge validate specs/examples/vllm-three-clouds.hcl
#   skyhedge plan -var gcp_project=acme-ml -var azure_subscription=… specs/examples/vllm-three-clouds.hcl

# Variables make one file serve several models. Set them with -var, with a variables file, or in the environment as
# SKYHEDGE_VAR_model. One without a default must be set.
variable "model" {
  type        = string
  default     = "meta-llama/Llama-3.1-8B-Instruct"
  description = "Model to serve, as Hugging Face names it"
}

variable "replicas" {
  type        = number
  default     = 3
  description = "Replicas wanted at the lowest load"

  validation {
    condition     = var.replicas >= 1
    error_message = "At least one replica is needed; see scale-to-zero.hcl for none."
  }
}

variable "gcp_project" {
  type    = string
  default = "acme-ml"
}

variable "azure_subscription" {
  type    = string
  default = "00000000-0000-0000-0000-000000000000"
}

variable "ssh_key" {
  type        = string
  description = "Public key of whoever may log in to machines: Azure makes none without one"
}

# Credentials are never written here: each cloud's own tools and environment variables provide them.
provider "aws" {
  regions = ["us-east-1", "us-west-2", "eu-central-1"]
}

provider "gcp" {
  project = var.gcp_project
}

provider "azure" {
  subscription = var.azure_subscription
  ssh_key      = var.ssh_key
}

service "chat" {
  replica {
    image   = "vllm/vllm-openai:v0.10.2"
    command = ["--model", var.model, "--port", "8000"]
    port    = 8000

    # A secret is a reference. It is read when a replica is launched, and never stored, planned or logged.
    env = {
      HF_TOKEN = secret("env:HF_TOKEN")
    }

    # Replicas have public addresses. A proxy in front of each takes TLS, with a certificate that is made for its launch
    # and the only one that the endpoint trusts, and asks for the key that the endpoint brings. vLLM asks for it, too.
    access {
      tls     = true
      key_env = "VLLM_API_KEY"
    }
  }

  resources {
    # Any of these GPUs in any of these places: the more there are to choose from, the less a preemption hurts.
    accelerators = ["L4:1", "A10G:1", "A100-80GB:1"]
    locations    = ["aws/us-east-1/*", "aws/us-west-2/*", "gcp/us-central1/*", "azure/eastus/*"]
  }

  readiness {
    path          = "/health"
    period        = "5s"
    initial_delay = "20m" # an instance has to boot, pull the image and load the weights
  }

  placement "skyhedge" {
    spares             = "auto"
    on_demand_fallback = true
    on_demand_base     = 0
  }

  # Replicas follow the load: one for every 2.5 requests per second, up only after five minutes of need, down only
  # after twenty, because a replica takes long to start.
  scaling {
    min_replicas           = var.replicas
    max_replicas           = 4 * var.replicas
    target_qps_per_replica = 2.5
    upscale_delay          = "5m"
    downscale_delay        = "20m"
  }

  endpoint {
    port   = 8080
    policy = "least_load"
  }

  # A plan that would remove this service is refused until this line is gone.
  protect = true
}

output "url" {
  value = service.chat.url
}
