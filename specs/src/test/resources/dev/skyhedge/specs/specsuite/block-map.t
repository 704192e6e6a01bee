result = {
  x = {
    y = { l = true }
    z = { l = true }
  }
}
result_type = map(map(object({ l = bool })))
