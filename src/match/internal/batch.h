// Many needs at once, for a night's round: the stages of a need up to the score, without variety and reasons, needs in parallel; and
// the reasons of a few pairs afterwards.
#pragma once

#include "match/internal/index.h"
#include "match/internal/query.h"
#include "match/meaning.h"

namespace jingwei::match {

constexpr std::size_t kBatchThreadsMax = 64;

/// See Engine::match_all.
void match_batch(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, std::span<const Need> needs, const Options& options,
                 std::size_t threads, const FoundVisitor& visit);

/// See Engine::explain.
std::vector<Item> explain_these(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, const Need& need, std::vector<Problem> problems,
                                std::span<const std::string> ids, const Options& options);

}  // namespace jingwei::match
