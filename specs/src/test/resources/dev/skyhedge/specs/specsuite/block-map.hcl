b "x" y {}
b "x" "z" {}
