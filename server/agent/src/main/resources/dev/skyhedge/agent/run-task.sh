# Runs one task: sh -c THIS sh DIRECTORY COMMAND..., as the leader of a session. The inner shell takes the claim of the
# task, with its own process number and the time at which it started, and becomes the command. A claim can be taken
# once, by a link that must not be there: who comes second starts nothing. This shell stays and writes the exit code.
dir=$1
shift
# Caught, not ignored: a command would inherit that.
trap : HUP INT TERM USR1 USR2
sh -c '
  dir=$1
  shift
  claim() {
    read -r boot </proc/sys/kernel/random/boot_id || return 1
    read -r stat </proc/$$/stat || return 1
    set -- ${stat##*) }
    session=$4 ticks=${20}
    read -r stat <"/proc/$session/stat" || return 1
    set -- ${stat##*) }
    echo "$boot $$ $ticks $session ${20}" >"$dir/claim.task" || return 1
    ln "$dir/claim.task" "$dir/claim"
  }
  claim || exit 125
  exec "$@"
' sh "$dir" "$@"
code=$?
echo "$code" >"$dir/exit.new" && mv "$dir/exit.new" "$dir/exit"
