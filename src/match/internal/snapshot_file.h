// A saved index: magic, version, fingerprint of the knowledge that made the terms (dictionary, lexicon, stop words), the
// flat arrays of every part, and a checksum over all before it. Little-endian. A file that is not exactly this is not read:
// the index is rebuilt from the feed.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "match/internal/index.h"
#include "match/match.h"

namespace jingwei::match {

constexpr std::uint32_t kIndexFileVersion = 7;

/// Gives the file to `out` piece by piece: it is as large as the index.
void write_index(const IndexSnapshot& snapshot, std::uint64_t knowledge, const std::function<void(std::string_view)>& out);
/// Fills `snapshot` on `loaded` only. Never fails on any bytes.
SnapshotVerdict read_index(std::string_view content, std::uint64_t knowledge, IndexSnapshot& snapshot);

}  // namespace jingwei::match
