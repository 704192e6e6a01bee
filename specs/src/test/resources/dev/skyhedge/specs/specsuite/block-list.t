result = [{ n = 1 }, { n = 2 }, { n = null }]
result_type = list(object({ n = number }))
