# A language model on the GPU nodes of a Kubernetes cluster that is there already, spot nodes first.
#
#   export HF_TOKEN=hf_…
#   skyhedge validate specs/examples/kubernetes.hcl
#   skyhedge plan -var context=prod specs/examples/kubernetes.hcl
#
# Nodes that are there are found by themselves. Pools that the autoscaler keeps at zero are declared.

variable "context" {
  type        = string
  default     = "prod"
  description = "Context of the kubeconfig"
}

provider "kubernetes" {
  context   = var.context
  namespace = "ml"

  # What a card costs, per hour. Without this every pod costs nothing, as the cluster is paid for anyway.
  prices = {
    L4 = { spot = 0.28, on_demand = 0.71 }
  }

  pools = {
    l4-spot = {
      accelerator   = "L4:1"
      market        = "spot"
      locations     = ["us-central1/us-central1-a", "us-central1/us-central1-b"]
      node_selector = { "cloud.google.com/gke-nodepool" = "l4-spot" }
      price         = 0.28
    }
  }

  # An autoscaler needs some minutes for a node with a GPU.
  schedule_timeout = "6m"
}

service "chat" {
  replica {
    image   = "vllm/vllm-openai:v0.10.2"
    command = ["--model", "meta-llama/Llama-3.1-8B-Instruct", "--port", "8000"]
    port    = 8000

    # Reaches the pod through a Secret of its own, which goes with it.
    env = {
      HF_TOKEN = secret("env:HF_TOKEN")
    }
  }

  resources {
    accelerators = ["L4:1"]
    locations    = ["kubernetes/*/*"]
  }

  readiness {
    path          = "/health"
    period        = "5s"
    initial_delay = "20m"
  }

  placement "skyhedge" {
    spares             = "auto"
    on_demand_fallback = true
  }

  scaling {
    min_replicas = 2
    max_replicas = 4
  }

  endpoint {
    port   = 8080
    policy = "least_load"
  }
}

output "url" {
  value = service.chat.url
}
