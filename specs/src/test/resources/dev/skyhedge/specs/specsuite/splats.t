result = {
  full   = [1, 3]
  legacy = [1, 2]
  none   = []
  one    = ["x"]
}
