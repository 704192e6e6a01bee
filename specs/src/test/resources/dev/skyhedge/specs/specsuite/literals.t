result = {
  whole      = 5
  fraction   = 3.2
  precise    = 2.718281828459045235360287471352662497757247093699959574966967
  ascii      = "hello"
  astral     = "👩‍🚀"
  "null"     = null
  "true"     = true
  "false"    = false
  decomposed = "a\u00f1os"
}
