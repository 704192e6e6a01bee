a = {
  full   = [{ x = [1, 2] }, { x = [3] }][*].x[0]
  legacy = [{ x = [1, 2] }, { x = [3] }].*.x[0]
  none   = null[*]
  one    = "x"[*]
}
