result = {
  flush = {
    deeper    = "One\n  Two\nThree\n"
    shallower = "  One\n  Two\n  Three\n"
    blank     = "\nOne\n\nThree\n"
    em        = " One\nTwo\n"
  }
  normal = { suffix = "    NOT EOT\n" }
}
result_type = object({
  flush  = map(string)
  normal = map(string)
})
