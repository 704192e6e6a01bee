result      = "other"
result_type = string
