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
    profile = "gpu,input_tokens,output_tokens,max_requests_per_s\nL4,100,100,2.5\nL4,1000,100,0\nA100-80GB,100,100,9\nA100-80GB,1000,100,0\nH100,1000,100,7"

    workload {
      rate    = 4
      lengths = "input_tokens,output_tokens\n20,50\n700,20"
    }
  }
}
