a { b = 1, c = 2 }
a { b = 1
}
a { b = 1
  c = 2 }
a { b = 1
  c = 2
}
a { d {} }
