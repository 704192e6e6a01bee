
a { b = "foo"
}
