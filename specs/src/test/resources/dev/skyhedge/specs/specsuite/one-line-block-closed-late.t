diagnostics {
  error {
    from {
      line   = 2
      column = 14
    }
    to {
      line   = 3
      column = 1
    }
  }
}