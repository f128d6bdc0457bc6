#!/bin/sh
# Builds the fuzz target with the address sanitizer and runs it: Tests/Fuzz/run.sh [SECONDS] [FOLDER]
# New inputs go to FOLDER; Tests/Fuzz/corpus is only read.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-300}
folder=${2:-.build/fuzz}
mkdir -p "$folder/inputs"
swiftc -O -parse-as-library -sanitize=fuzzer,address -swift-version 6 -module-name VOTableFuzz \
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
  Sources/TableIO/Model/*.swift Sources/TableIO/Bytes/ByteSource.swift Sources/TableIO/Bytes/NumberParsing.swift \
  Sources/TableIO/Bytes/EightBytes.swift Sources/TableIO/Bytes/GzipByteSource.swift -I Sources/CZlib -lz \
  Sources/TableIO/XML/*.swift Sources/TableIO/VOTable/VOTableReader*.swift Sources/TableIO/VOTable/Base64Stream.swift \
  Sources/TableIO/VOTable/*Decoder.swift Sources/TableIO/VOTable/ColumnPlan.swift Sources/TableIO/VOTable/ElementCodec.swift \
  Tests/Fuzz/VOTableFuzz.swift -o "$folder/votable"
exec "$folder/votable" "$folder/inputs" Tests/Fuzz/corpus -dict=Tests/Fuzz/votable.dict -max_len=8192 -rss_limit_mb=512 \
  -timeout=10 -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$folder/"
