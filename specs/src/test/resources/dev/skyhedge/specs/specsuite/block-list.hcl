b {
  n = 1
}
b { n = 2 }
b {}
