#!/usr/bin/env bash
# Builds every fuzz target (src/*/*_fuzz.cpp) with clang and its sanitizers and runs each for a fixed budget, from the seeds in
# src/<module>/testdata/corpus/<name>/ and always with the same seed. One line each; ends with "N passed, N failed".
#
#   tests/fuzz/run.sh               all targets
#   tests/fuzz/run.sh csv receipt   only these
#   JINGWEI_FUZZ_SECONDS=600 …      as many runs as fit into that time, for each
#
# An input that breaks something is kept in build/fuzz/artifacts; `build/fuzz/src/<module>/<name>_fuzz FILE` replays it.
set -u
cd "$(dirname "$0")/../.." || exit 1

seconds=${JINGWEI_FUZZ_SECONDS:-10}
runs=20000
[ -z "${JINGWEI_FUZZ_SECONDS:-}" ] || runs=-1
input_bytes_max=4096
memory_mb_max=1024
input_seconds_max=10
last_resort_seconds=120  # beyond the budget: a program that died inside the allocator may hang in its own report
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

mkdir -p build/fuzz/artifacts build/fuzz/logs build/fuzz/corpus
if [ ! -f build/fuzz/build.ninja ] && ! cmake --preset fuzz >build/fuzz/logs/configure.log 2>&1; then
  cat build/fuzz/logs/configure.log
  echo "0 passed, 1 failed"
  exit 1
fi

sources=()
for source in src/*/*_fuzz.cpp; do
  name=$(basename "$source" _fuzz.cpp)
  case " ${*:-$name} " in *" $name "*) sources+=("$source") ;; esac
done
targets=()
for source in "${sources[@]}"; do targets+=("$(basename "$source" .cpp)"); done
if [ ${#targets[@]} -eq 0 ]; then
  echo "no such fuzz target: $*"
  echo "0 passed, 1 failed"
  exit 1
fi
# A target that does not build must not hide the others (-k 0); it fails below.
ninja -C build/fuzz -k 0 "${targets[@]}" >build/fuzz/logs/build.log 2>&1 || grep -E 'error:|FAILED:|undefined' build/fuzz/logs/build.log | head -20

# fuzz SOURCE: runs one target and writes its line, and FAILED with the place when something broke.
fuzz() {
  local source=$1 module name program log grown seeds folders begun status done_runs
  module=$(basename "$(dirname "$source")")
  name=$(basename "$source" _fuzz.cpp)
  program="build/fuzz/src/$module/${name}_fuzz"
  log="build/fuzz/logs/$name.log"
  grown="build/fuzz/corpus/$name"
  seeds="src/$module/testdata/corpus/$name"
  rm -rf "$grown"
  mkdir -p "$grown"
  folders=("$grown")
  [ ! -d "$seeds" ] || folders+=("$seeds")
  begun=$SECONDS
  if [ ! -x "$program" ] || [ "$program" -ot "$source" ]; then
    echo "was not built, see build/fuzz/logs/build.log" >"$log"
    status=1
  else
    timeout -k 5 $((seconds + last_resort_seconds)) "$program" -runs="$runs" -max_total_time="$seconds" -max_len="$input_bytes_max" -seed=1 -timeout="$input_seconds_max" \
      -rss_limit_mb="$memory_mb_max" -artifact_prefix="build/fuzz/artifacts/$name-" "${folders[@]}" >"$log" 2>&1
    status=$?
  fi
  done_runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log")
  if [ $status -eq 0 ] && [ "${done_runs:-0}" -gt 0 ]; then
    printf '%-24s %9d runs %4d s\n' "$module/$name" "$done_runs" $((SECONDS - begun))
  else
    printf '%-24s FAILED: %s\n' "$module/$name" "$(grep -m1 -E 'broken invariant|runtime error|ERROR: |was not built|uncaught|terminate' "$log")"
    grep -E 'Test unit written|^    #[0-9]+ .*jingwei' "$log" | head -12
  fi
}

# As many at a time as there are processors; lines are printed in the order of the targets.
for source in "${sources[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  fuzz "$source" >"build/fuzz/logs/$(basename "$source" _fuzz.cpp).told" &
done
wait
told=()
for source in "${sources[@]}"; do told+=("build/fuzz/logs/$(basename "$source" _fuzz.cpp).told"); done
cat "${told[@]}"
failed=$(grep -c ' FAILED: ' <(cat "${told[@]}"))
echo "$((${#sources[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
