# Shared by ./run, ./test and ./bench: installs what is missing and builds. Sourced, not run.
#
#   prepare_packages run|test|bench   Debian packages of packages.txt: run's, with test's too, with bench's too
#   prepare_npm FOLDER...             npm ci where the lock file has changed
#   prepare_build PRESET              CMake and Ninja into build/PRESET
#   prepare_peers                     the programs of benchmarks/match into build/peers
#   prepare_web                       the web app into web/dist, when its sources have changed
# Each prints one line when it has something to do, and one plain sentence when it cannot.

say() { printf '%s\n' "$*"; }
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
step() { printf '\033[1m== %s\033[0m\n' "$*"; }

prepare_packages() {
  mkdir -p build
  local wanted=$1 missing=() name who
  while read -r name who; do
    case "$name" in '' | '#'*) continue ;; esac
    case "$wanted:$who" in *:run | test:test | bench:*) ;; *) continue ;; esac
    # Any Node.js that can build the web app will do.
    case "$name" in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = 'ii ' ] || missing+=("$name")
  done <packages.txt
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "缺少软件包：${missing[*]}。本机没有 apt-get，请用您的包管理器安装。 / These packages are missing and there is no apt-get here: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "缺少软件包：${missing[*]}。请以 root 身份运行，或先安装 sudo。 / Packages are missing: run as root or install sudo."
    as_root=(sudo)
  fi
  step "安装 ${#missing[@]} 个系统软件包 / installing ${#missing[@]} system packages"
  "${as_root[@]}" apt-get update -qq || fail "无法连接 Debian 软件源，请检查网络后重试。 / Debian's package servers cannot be reached: check the network and try again."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >build/packages.log 2>&1 ||
    fail "软件包没有装全，详情见 build/packages.log。 / The packages could not be installed, see build/packages.log."
}

install_npm() { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; }

prepare_npm() {
  local folder stamp
  for folder in "$@"; do
    stamp="$folder/node_modules/.jingwei-lock"
    cmp -s "$folder/package-lock.json" "$stamp" && continue
    step "npm 依赖：$folder / npm packages of $folder"
    # Install scripts are not run: nothing that is needed here compiles or downloads by itself.
    # An npm that was ended half way leaves a cache that the next one stumbles over: it is checked before the second try.
    (cd "$folder" && install_npm || { npm cache verify >/dev/null && install_npm; }) ||
      fail "npm 依赖没有装全，请检查网络后重试。 / The npm packages of $folder could not be installed: check the network and try again."
    cp "$folder/package-lock.json" "$stamp"
  done
}

prepare_build() {
  local preset=$1
  shift
  step "编译（$preset）/ building ($preset)"
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 ||
    fail "配置失败，详情见 build/configure-$preset.log。 / Configuring failed, see build/configure-$preset.log."
  ninja -C "build/$preset" "$@" || fail "编译失败，原因见上。 / The build failed, see above."
}

prepare_peers() {
  local jars=(/usr/share/java/gson.jar /usr/share/java/lucene-{core,analyzers-common,analyzers-smartcn}-8.*.jar)
  step "编译对照引擎 / building the peers"
  mkdir -p build/peers/lucene
  [ -f build/peers/build.ninja ] || cmake -S benchmarks/match -B build/peers -G Ninja -DCMAKE_BUILD_TYPE=Release >build/configure-peers.log 2>&1 ||
    fail "配置失败，详情见 build/configure-peers.log。 / Configuring failed, see build/configure-peers.log."
  ninja -C build/peers || fail "编译失败，原因见上。 / The build failed, see above."
  (IFS=: && printf '%s\n' "${jars[*]}") >build/peers/classpath
  javac -d build/peers/lucene -cp "$(cat build/peers/classpath)" benchmarks/match/*.java || fail "编译失败，原因见上。 / The build failed, see above."
}

prepare_web() {
  if [ -f web/dist/index.html ] && [ -z "$(find web/src web/public web/index.html web/package-lock.json web/vite.config.ts web/scripts -newer web/dist/index.html -print -quit 2>/dev/null)" ]; then
    return
  fi
  step "构建网页 / building the web app"
  (cd web && npm run build --silent) >build/web.log 2>&1 || {
    tail -30 build/web.log >&2
    fail "网页构建失败，详情见 build/web.log。 / The web app could not be built, see build/web.log."
  }
}
