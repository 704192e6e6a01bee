# A language model on machines that you own.
#
#   skyhedge validate specs/examples/ssh.hcl
#   skyhedge plan specs/examples/ssh.hcl
#
# Each is reached by this machine's ssh, with its agent, configuration and known hosts; try `ssh ml@10.0.0.11 docker ps`
# first. They cost nothing, and nobody takes them back.

provider "ssh" {
  hosts = {
    gpu1 = { address = "10.0.0.11", user = "ml", accelerators = "A100-80GB:1" }
    gpu2 = { address = "10.0.0.12", user = "ml", accelerators = "A100-80GB:1" }

    # What fails together with others has their rack.
    gpu3 = { address = "10.0.1.13", user = "ml", accelerators = "A100-80GB:1", rack = "basement" }
  }
}

service "chat" {
  replica {
    image   = "vllm/vllm-openai:v0.10.2"
    command = ["--model", "meta-llama/Llama-3.1-8B-Instruct", "--port", "8000"]
    port    = 8000

    # Goes to the machine by the connection, and to the container through its environment.
    env = {
      HF_TOKEN = secret("env:HF_TOKEN")
    }
  }

  resources {
    accelerators = ["A100-80GB:1"]
    locations    = ["ssh/*/*"] # any rack, any machine
  }

  readiness {
    path          = "/health"
    period        = "5s"
    initial_delay = "20m"
  }

  # Nothing of this is spot.
  placement "on_demand" {}

  scaling {
    min_replicas = 2
  }

  endpoint {
    port   = 8080
    policy = "least_load"
  }
}

output "url" {
  value = service.chat.url
}
