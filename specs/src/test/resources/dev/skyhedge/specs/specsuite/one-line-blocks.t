diagnostics {
  error {
    from {
      line   = 1
      column = 10
    }
    to {
      line   = 1
      column = 11
    }
  }
  error {
    from {
      line   = 2
      column = 10
    }
    to {
      line   = 3
      column = 1
    }
  }
  error {
    from {
      line   = 4
      column = 10
    }
    to {
      line   = 5
      column = 1
    }
  }
  error {
    from {
      line   = 6
      column = 10
    }
    to {
      line   = 7
      column = 1
    }
  }
  error {
    from {
      line   = 9
      column = 5
    }
    to {
      line   = 9
      column = 6
    }
  }
}
