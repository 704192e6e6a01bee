flush = {
  deeper = <<-EOT
    One
      ${two}
    Three
  EOT
  shallower = <<-EOT
    One
  ${indented}
    Three
  EOT
  blank = <<-EOT

    One

    Three
  EOT
  em = <<-EOT
     One
    Two
  EOT
}
normal = {
  suffix = <<EOT
    NOT EOT
  EOT
}
