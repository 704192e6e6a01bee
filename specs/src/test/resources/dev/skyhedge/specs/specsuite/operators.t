result = {
  precedence  = 5
  remainder   = 0.8
  comparison  = true
  conditional = "b"
  unary       = 5
}
