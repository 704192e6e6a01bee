#!/bin/sh
# Trains a small neural network on points of two spirals, an epoch at a time, with nothing but awk.
#
#   train.sh LEARNING_RATE HIDDEN MOMENTUM
#
# After each epoch it writes a checkpoint, under another name first, and then one line that reports: that is all that a
# sweep asks of a training script.
set -eu
rate=$1 hidden=$2 momentum=$3
dir=$SKYHEDGE_CHECKPOINT_DIR
mkdir -p "$dir"
epoch=0
weights=/dev/null
if [ -n "$SKYHEDGE_RESUME_FROM" ]; then
  weights=$SKYHEDGE_RESUME_FROM
  epoch=${weights##*-}
fi
while :; do
  epoch=$((epoch + 1))
  accuracy=$(awk -v rate="$rate" -v n="$hidden" -v momentum="$momentum" -v epoch="$epoch" \
    -v out="$dir/ckpt-$epoch.tmp" -v pi=3.14159265 '
    function tanh(x) { x = exp(2 * (x > 9 ? 9 : x < -9 ? -9 : x)); return (x - 1) / (x + 1) }
    function sigmoid(x) { return 1 / (1 + exp(x < -30 ? 30 : -x)) }
    function point(noise,   r, angle) {
      label = rand() < 0.5 ? 0 : 1
      r = rand()
      angle = 2.5 * pi * r + label * pi
      x1 = 2 * r * cos(angle) + noise * (rand() - 0.5)
      x2 = 2 * r * sin(angle) + noise * (rand() - 0.5)
    }
    function forward(   j, sum) {
      sum = w["out", 0]
      for (j = 1; j <= n; j++) {
        h[j] = tanh(w[j, 0] + w[j, 1] * x1 + w[j, 2] * x2)
        sum += w["out", j] * h[j]
      }
      return sigmoid(sum)
    }
    function step(a, b, gradient) {
      v[a, b] = momentum * v[a, b] - rate * gradient
      w[a, b] += v[a, b]
    }
    { w[$1, $2] = $3 }
    END {
      if (NR == 0) {
        srand(1)
        for (j = 1; j <= n; j++) {
          for (k = 0; k <= 2; k++) w[j, k] = 4 * (rand() - 0.5)
          w["out", j] = rand() - 0.5
        }
        w["out", 0] = 0
      }
      srand(epoch + 100)
      for (i = 0; i < 6000; i++) {
        point(0.2)
        error = forward() - label
        step("out", 0, error)
        for (j = 1; j <= n; j++) {
          slope = error * w["out", j] * (1 - h[j] * h[j])
          step("out", j, error * h[j])
          step(j, 0, slope)
          step(j, 1, slope * x1)
          step(j, 2, slope * x2)
        }
      }
      srand(7)
      for (i = 0; i < 2000; i++) { point(0.2); right += (forward() > 0.5) == label }
      printf "%.4f", right / 2000
      for (key in w) { split(key, at, SUBSEP); printf "%s %s %.9g\n", at[1], at[2], w[key] > out }
    }' "$weights")
  mv "$dir/ckpt-$epoch.tmp" "$dir/ckpt-$epoch"
  weights=$dir/ckpt-$epoch
  printf '{"iteration":%d,"metrics":{"accuracy":%s},"checkpoint":"%s"}\n' "$epoch" "$accuracy" "$weights"
done
