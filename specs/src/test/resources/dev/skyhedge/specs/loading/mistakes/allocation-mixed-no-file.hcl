service "chat" {
  replica {
    image = "vllm/vllm-openai:v0.10.2"
    port  = 8000
  }

  resources {
    accelerators = ["L4:1", "A100-80GB:1"]
    locations    = ["aws/us-east-1/*"]
  }

  allocation "mixed" {
    profile = file("nowhere.csv")

    workload {
      rate    = 4
      lengths = "input_tokens,output_tokens\n20,50\n700,20"
    }
  }
}
