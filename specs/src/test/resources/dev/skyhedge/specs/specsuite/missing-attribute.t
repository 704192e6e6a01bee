diagnostics {
  error {
    from {
      line   = 1
      column = 6
    }
    to {
      line   = 1
      column = 6
    }
  }
}