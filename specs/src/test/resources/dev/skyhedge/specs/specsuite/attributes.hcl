a = "a value"
b = 5
