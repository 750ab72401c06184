#!/usr/bin/env bash
# Writes a file-system overlay for the compiler (-vfsoverlay), by which the program that is shipped is built with
# Foundation.swift of this folder in place of ArgumentParser's file of that name (docs/decisions/0011).
#
#     overlay.sh SCRATCH > OVERLAY        SCRATCH: the absolute path of the folder of the build (--scratch-path)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cat <<END
{
  "version": 0,
  "case-sensitive": "true",
  "roots": [
    {
      "type": "directory",
      "name": "$1/checkouts/swift-argument-parser/Sources/ArgumentParser/Utilities",
      "contents": [{ "type": "file", "name": "Foundation.swift", "external-contents": "$here/Foundation.swift" }]
    }
  ]
}
END
