diagnostics {
  error {
    from {
      line   = 3
      column = 1
    }
    to {
      line   = 3
      column = 2
    }
  }
}