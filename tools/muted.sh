#!/bin/sh
# Run a command whose output quotes outside text: muted.sh COMMAND [ARGUMENT…]
# A GitHub runner takes lines such as `::add-mask::` for orders. Between the two lines printed
# here, of which nobody can guess the second, it obeys none.
set -u
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
[ "${#token}" -eq 32 ] || exit 1

status=0
echo "::stop-commands::$token"
# One stream, else a line of the other could arrive after the second line.
"$@" 2>&1 || status=$?
# The output may have ended within a line.
printf '\n::%s::\n' "$token"
exit "$status"
