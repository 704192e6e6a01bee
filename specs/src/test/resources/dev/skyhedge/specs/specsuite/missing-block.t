result = { a = null, c = [] }
result_type = object({
  a = object({ b = number })
  c = list(object({ d = bool }))
})
