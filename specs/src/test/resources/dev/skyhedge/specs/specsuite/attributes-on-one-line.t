diagnostics {
  error {
    from {
      line   = 1
      column = 14
    }
    to {
      line   = 1
      column = 15
    }
  }
}