diagnostics {
  error {
    from {
      line   = 1
      column = 3
    }
    to {
      line   = 1
      column = 4
    }
  }
}