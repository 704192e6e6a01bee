diagnostics {
  error {
    from {
      line   = 1
      column = 5
    }
    to {
      line   = 1
      column = 6
    }
  }
}