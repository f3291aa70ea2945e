#!/usr/bin/env bash
# run.sh [SECONDS] [TARGET…]: libFuzzer with the address sanitizer on every file here that is a target (those in lower
# case), for SECONDS each (60). What it finds stays in .build/fuzz: CORPUS/TARGET, and crash-… to be given again as
#     .build/fuzz/TARGET .build/fuzz/crash-…
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
[[ $seconds =~ ^[0-9]+$ ]] || { echo "usage: Tests/Fuzz/run.sh [SECONDS] [TARGET…]" >&2; exit 2; }
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(cd Tests/Fuzz && ls [a-z]*.swift | sed 's/\.swift$//'))

out=.build/fuzz
mkdir -p $out
# The runtime's own crash report would hold libFuzzer's up.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0

# Optimised, with every check of bounds and overflow; the sanitizers' coverage goes into the room as well.
printf 'module CZlib { header "%s" link "z" export * }\n' "$PWD/Sources/CZlib/include/CZlib.h" > $out/module.modulemap
flags=(-O -wmo -parse-as-library -package-name ws101 -swift-version 6 -sanitize=fuzzer,address
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature InternalImportsByDefault
    -Xcc "-fmodule-map-file=$out/module.modulemap" -I $out)

# room NAME: builds one room of Sources; those it imports come first.
room() {
    local object=$out/$1.o
    # A room that is built anew has all after it built anew.
    [ -z "${stale:-}" ] && [ -e "$object" ] \
        && [ -z "$(find "Sources/$1" Tests/Fuzz/run.sh -newer "$object" -print -quit)" ] && return
    stale=1
    echo "building $1"
    swiftc "${flags[@]}" -module-name "$1" -emit-module -emit-module-path "$out/$1.swiftmodule" -c -o "$object" \
        $(find "Sources/$1" -name '*.swift')
}

# What a target can begin with; the first byte is the cut.
seeds() {
    local corpus=$out/corpus/$1
    mkdir -p "$corpus"
    case $1 in
        captures) cp -u Tests/CaptureTests/Captures/*.pcap* "$corpus" ;;
        endpoint) printf '\1\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\xc1\x87\0\0\0\0\xf2\x48\xcd\xc9\xc9\x07\0\x88\x82\0\0\0\0\x03\xe8' > "$corpus/seed" ;;
        observer) printf '\3\5\x0b\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\x0a\x09\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\0\x0a\x02\x89\0\5\6\x8a\x80\0\0\0\0\0\0\1\0' > "$corpus/seed" ;;
        frames) printf '\1\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58\x01\x03Hel\x80\x02lo\x88\x02\x03\xe8' > "$corpus/seed" ;;
        heads) printf '\1GET /chat HTTP/1.1\r\nHost: a:80\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://a\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n' > "$corpus/seed" ;;
        inflation) printf '\1\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00' > "$corpus/seed" ;;
        extensions) printf '\1permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate; client_no_context_takeover; server_no_context_takeover, x; y="z"\npermessage-deflate; client_max_window_bits=15; server_max_window_bits=9' > "$corpus/seed" ;;
        text) printf '\1 0x81, 05:48-65\\x6c Gr\xc3\xbc\xc3\x9fe \xf0\x9f\x98\x80 dGhlIHNhbXBsZSBub25jZQ==' > "$corpus/seed" ;;
    esac
}

for room in Wire Connection Capture; do room $room; done
status=0
for target in "${targets[@]}"; do
    swiftc "${flags[@]}" "Tests/Fuzz/$target.swift" Tests/Fuzz/FuzzInput.swift $out/{Capture,Connection,Wire}.o -lz -o "$out/$target" 2> $out/log \
        || { cat $out/log >&2; exit 1; }
    seeds "$target"
    if "$out/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=$([ "$target" = captures ] && echo 20000 || echo 2000) -print_final_stats=1 \
        -artifact_prefix=$out/ "$out/corpus/$target" > $out/log 2>&1; then
        echo "$target: $(sed -n 's/^stat::number_of_executed_units: */nothing found in /p' $out/log) runs"
    else
        grep -av '^#' $out/log | tail -n 40 >&2
        echo "$target: FAILED" >&2
        status=1
    fi
done
exit $status
