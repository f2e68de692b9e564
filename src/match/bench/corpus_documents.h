// Lines of the corpus as documents of the engine.
#pragma once

#include <cmath>
#include <map>

#include "base/money.h"
#include "match/bench/bench_run.h"
#include "match/bench/corpus_words.h"
#include "match/match.h"

namespace jingwei::match::bench {

/// Codes of the names that the corpus uses.
struct Codes {
  explicit Codes(const Files& files) {
    Words words;
    read_segments(files, words);
    for (std::size_t i = 0; i < words.segment_codes.size(); ++i) segments[words.segment_names[i]] = words.segment_codes[i];
    read_places(files, words, &regions);
  }
  std::map<std::string, std::string> segments;
  std::map<std::string, std::string> regions;
};

inline Document document_of(const Entry& entry, const Codes& codes) {
  Document document{entry.id, entry.kind, entry.title, entry.text, codes.segments.at(entry.segment), codes.regions.at(entry.region), {}, {}, {}, "", "", 0};
  if (const auto* trl = entry.all.if_contains("trl"); trl != nullptr && trl->is_number()) document.trl = trl->to_number<int>();
  if (const auto* amount = entry.all.if_contains("amount_wan"); amount != nullptr && amount->is_number())
    document.amount_fen = std::llround(amount->to_number<double>() * static_cast<double>(kFenPerWan));
  return document;
}

}  // namespace jingwei::match::bench
