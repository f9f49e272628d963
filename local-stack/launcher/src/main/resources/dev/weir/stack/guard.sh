#!/bin/sh
# guard.sh <pid file> <signal> <command>...
#
# Runs one component and never outlives it, nor lets it outlive the launcher.
# Standard input is a pipe the launcher holds open and never writes to: when it ends, the launcher is
# gone, however it went, and the component is ended with <signal>. The exit status is the component's.
# The process id in <pid file> is the component's own: signals to it go to that process, not to this.
pidfile=$1
signal=$2
shift 2

exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
trap 'kill -s TERM "$child" 2>/dev/null' TERM INT HUP
echo "$child" >"$pidfile.new" && mv -f "$pidfile.new" "$pidfile"

# One process, no cat: it blocks in its own read, so that nothing is left when it is killed.
(
  trap - TERM INT HUP
  while read -r _ <&3; do :; done
  kill -s "$signal" "$child" 2>/dev/null
  kill -s CONT "$child" 2>/dev/null
  # One just starting may not listen yet. This line is not reached when the component has ended.
  sleep 3
  kill -s KILL "$child" 2>/dev/null
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-

# A trapped signal interrupts wait; go on until the child is really gone.
wait "$child"
status=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  status=$?
done
kill -s TERM "$watcher" 2>/dev/null
rm -f "$pidfile"
exit "$status"
