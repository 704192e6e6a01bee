normal = {
  basic = <<EOT
  Foo
Bar
EOT
  flush = <<-EOT
    Foo
      Bar ${1 + 1}
    EOT
  tabs = <<-EOT
	Foo
  Bar
  Baz
  EOT
}
