a = {
  precedence  = 1 + 2 * 3 - 4 / 2
  remainder   = 11 % 5.1
  comparison  = 1 < 2 && 2 >= 2 || false
  conditional = !true ? "a" : "b"
  unary       = -(-5)
}
