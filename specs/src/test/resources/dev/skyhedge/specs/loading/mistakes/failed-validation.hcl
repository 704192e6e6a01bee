variable "size" {
  type    = number
  default = 0
  validation {
    condition     = var.size > 0
    error_message = "size must be positive."
  }
}
