// Feedback as judgments of the match, in files that `jingwei eval match` reads (match/eval.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace jingwei::node {

struct ExportedFeedback {
  std::int64_t supplies = 0;
  std::int64_t needs = 0;
  std::int64_t judgments = 0;
  std::int64_t splits = 0;
};

/// Writes into `folder`, which is made: supplies.jsonl (everything published that is offered, and whatever was judged), needs.jsonl
/// (needs with a judgment, and their grades) and splits.jsonl (needs whose owner said into which problems they fall: {id, problems}).
/// One snapshot of the database; the node may go on running.
ExportedFeedback export_feedback(const std::filesystem::path& data, const std::string& store_override, const std::filesystem::path& folder);

}  // namespace jingwei::node
