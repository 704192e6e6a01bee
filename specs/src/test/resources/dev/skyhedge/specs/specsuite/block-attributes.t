result      = { m = { x = 1, y = 2 } }
result_type = object({ m = map(number) })
