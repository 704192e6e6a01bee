result = {
  a = "a value"
  b = "5"
}
result_type = object({
  a = string
  b = string
})
