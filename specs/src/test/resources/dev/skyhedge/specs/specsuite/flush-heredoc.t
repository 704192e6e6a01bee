result = {
  basic = "  Foo\nBar\n"
  flush = "Foo\n  Bar 2\n"
  tabs  = "Foo\n Bar\n Baz\n"
}
result_type = map(string)
