#include "match/internal/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>

#include "base/text.h"
#include "io/file.h"
#include "match/internal/analyser.h"
#include "match/internal/lexicon_builder.h"

namespace jingwei::match {
namespace {

constexpr std::array<std::string_view, kRelationTypes> kRelationNames = {
    "same",        "is-a",        "part-of",   "caused-by", "cured-by", "measured-by",
    "tested-with", "made-with",   "made-by",   "used-in",   "needs",    "akin"};

std::uint64_t start_of(std::u32string_view text) { return std::uint64_t{text[0]} << 32 | text[1]; }

constexpr std::size_t kHints = 1U << 20;
std::size_t hint_of(std::uint64_t start) {
  return (static_cast<std::uint32_t>(start >> 32) * 0x9e3779b1U ^ static_cast<std::uint32_t>(start) * 0x85ebca6bU) >> 9 & (kHints - 1);
}

bool is_alphanumeric(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9'); }

/// A Latin name matches whole tokens only: "ai" is not in "chain".
bool stands_alone(std::u32string_view text, std::size_t begin, std::size_t end) {
  const bool cut_before = begin > 0 && is_alphanumeric(text[begin]) && is_alphanumeric(text[begin - 1]);
  const bool cut_after = end < text.size() && is_alphanumeric(text[end - 1]) && is_alphanumeric(text[end]);
  return !cut_before && !cut_after;
}

/// Where the parts end when they all follow `begin`, within the gap.
std::optional<std::size_t> match_parts(std::u32string_view text, std::size_t begin, const std::vector<std::u32string>& parts) {
  std::size_t end = begin;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t gap = i == 0 ? 0 : kGapCharactersMax;
    const auto window = text.substr(end, parts[i].size() + gap);
    const auto at = window.find(parts[i]);
    if (at == std::u32string_view::npos || (i == 0 && at != 0)) return std::nullopt;
    // A sentence ends a thought.
    if (window.substr(0, at).find_first_of(U"。！？；;") != std::u32string_view::npos) return std::nullopt;
    end += at + parts[i].size();
  }
  return end;
}

}  // namespace

std::string_view relation_name(RelationType type) { return kRelationNames[static_cast<std::size_t>(type)]; }

std::optional<RelationType> relation_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kRelationNames.size(); ++i)
    if (kRelationNames[i] == name) return static_cast<RelationType>(i);
  return std::nullopt;
}

std::vector<Lexicon::Source> Lexicon::read_sources(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  if (failed) throw io::FileError(folder, "open", failed.value());
  std::sort(files.begin(), files.end());
  std::vector<Source> sources;
  for (const auto& file : files) sources.push_back({file.filename().string(), io::read_file(file, kLexiconFileBytesMax)});
  return sources;
}

Lexicon Lexicon::load(const std::filesystem::path& folder) {
  std::vector<InputProblem> faults;
  Lexicon lexicon = parse(read_sources(folder), faults);
  if (faults.empty()) return lexicon;
  Bilingual message{"词库有误：" + faults[0].field + " " + faults[0].reason.zh, "The lexicon has faults: " + faults[0].field + " " + faults[0].reason.en};
  throw Rejected(Code::invalid, std::move(message), std::move(faults));
}

Lexicon Lexicon::parse(const std::vector<Source>& sources, std::vector<InputProblem>& faults) {
  LexiconBuilder builder(faults);
  for (const Source& source : sources) builder.read(source);
  return builder.build();
}

void Lexicon::link() {
  std::set<std::string> codes;
  for (const Concept& entry : concepts_) codes.insert(entry.segments.begin(), entry.segments.end());
  segments_.assign(codes.begin(), codes.end());
  segments_.resize(std::min<std::size_t>(segments_.size(), 256));
  for (Concept& entry : concepts_)
    for (const auto& code : entry.segments)
      if (const auto at = std::ranges::lower_bound(segments_, code); at != segments_.end() && *at == code)
        entry.segment_places.push_back(static_cast<std::uint8_t>(at - segments_.begin()));
  steps_.assign(concepts_.size(), {});
  for (const Relation& relation : relations_) {
    steps_[relation.from].push_back({relation.to, relation.type, true});
    steps_[relation.to].push_back({relation.from, relation.type, false});
  }
  for (std::uint32_t i = 0; i < concepts_.size(); ++i) by_key_.emplace(concepts_[i].key, i);
  link_names();
}

void Lexicon::link_names() {
  struct Name {
    std::uint64_t start;
    std::uint32_t entry;
    Gapped pattern;
  };
  std::vector<Name> names;
  for (std::uint32_t i = 0; i < concepts_.size(); ++i)
    for (const auto& name : concepts_[i].names) {
      Gapped pattern;
      const auto folded = Analyser::fold(name);
      for (std::size_t at = 0; at <= folded.size();) {
        const auto end = std::min(folded.find(U'…', at), folded.size());
        if (end > at) pattern.parts.push_back(folded.substr(at, end - at));
        at = end + 1;
      }
      // Looked up by the first part of two characters; what stands before it is looked for backwards.
      std::size_t anchor = 0;
      for (; anchor < pattern.parts.size() && pattern.parts[anchor].size() < 2; ++anchor) pattern.back += pattern.parts[anchor].size() + kGapCharactersMax;
      if (anchor == pattern.parts.size()) continue;  // the builder has said so
      const auto start = start_of(pattern.parts[anchor]);
      names.push_back({start, i, std::move(pattern)});
    }
  std::ranges::stable_sort(names, {}, &Name::start);
  start_hint_.assign(kHints, false);
  starts_.assign(std::bit_ceil(2 * names.size() + 1), {});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& [start, entry, pattern] = names[i];
    const auto number = static_cast<std::uint32_t>(patterns_.size());
    start_hint_[hint_of(start)] = true;
    std::size_t slot = slot_of(start);
    while (starts_[slot].characters != start && starts_[slot].characters != 0) slot = (slot + 1) & (starts_.size() - 1);
    if (starts_[slot].characters == 0) starts_[slot] = {start, number, number};
    ++starts_[slot].end;
    if (pattern.parts.size() == 1) {
      patterns_.push_back({entry, static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(pattern.parts[0].size())});
      letters_ += pattern.parts[0];
    } else {
      patterns_.push_back({entry, static_cast<std::uint32_t>(gapped_.size()), 0});
      gapped_.push_back(pattern);
    }
  }
}

std::size_t Lexicon::relation_count() const {
  std::size_t count = relations_.size();
  for (const Concept& entry : concepts_) count += entry.names.size() - 1;
  return count;
}

std::optional<std::uint32_t> Lexicon::entry_named(std::string_view name) const {
  const auto at = by_name_.find(std::string(name));
  return at == by_name_.end() ? std::nullopt : std::optional(at->second);
}

std::optional<std::uint32_t> Lexicon::entry_with_key(TermKey key) const {
  const auto at = by_key_.find(key);
  return at == by_key_.end() ? std::nullopt : std::optional(at->second);
}

void Lexicon::add_mentions(std::u32string_view folded, std::size_t place, const Pattern& pattern, std::vector<Mention>& mentions) const {
  if (pattern.size != 0) {  // almost all names
    const auto end = place + pattern.size;
    if (folded.compare(place, pattern.size, letters_, pattern.begin, pattern.size) == 0 && stands_alone(folded, place, end))
      mentions.push_back({pattern.entry, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(end)});
    return;
  }
  const Gapped& gapped = gapped_[pattern.begin];
  for (std::size_t begin = place, back = gapped.back;; --begin, --back) {
    const auto end = match_parts(folded, begin, gapped.parts);
    if (end && *end > place && stands_alone(folded, begin, *end)) {
      mentions.push_back({pattern.entry, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(*end)});
      return;
    }
    if (begin == 0 || back == 0) return;
  }
}

std::vector<Mention> Lexicon::find(std::u32string_view folded) const {
  std::vector<Mention> mentions;
  if (starts_.empty()) return mentions;
  // Where names may begin first, so that all that lies behind them is fetched at once.
  struct Begin {
    std::size_t place;
    const Start* start;
  };
  thread_local std::vector<Begin> begins;
  begins.clear();
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    const std::uint64_t start = start_of(folded.substr(i));
    if (!start_hint_[hint_of(start)]) continue;
    begins.push_back({i, &starts_[slot_of(start)]});
    __builtin_prefetch(begins.back().start);
  }
  for (auto& [place, start] : begins) {
    const std::uint64_t wanted = start_of(folded.substr(place));
    std::size_t slot = static_cast<std::size_t>(start - starts_.data());
    while (starts_[slot].characters != wanted && starts_[slot].characters != 0) slot = (slot + 1) & (starts_.size() - 1);
    start = &starts_[slot];
    __builtin_prefetch(patterns_.data() + start->begin);
  }
  for (const auto& [place, start] : begins)
    for (std::uint32_t i = start->begin; i < start->end; ++i) add_mentions(folded, place, patterns_[i], mentions);
  return mentions;
}

std::uint64_t Lexicon::fingerprint() const {
  std::uint64_t print = stable_hash(std::string_view("lexicon"));
  for (const Concept& entry : concepts_)
    for (const auto& name : entry.names) print = (print ^ stable_hash(std::string_view(name)) ^ entry.key) * 0xff51afd7ed558ccdULL;
  for (const Concept& entry : concepts_) {
    print = (print ^ static_cast<std::uint64_t>(entry.type)) * 0xff51afd7ed558ccdULL;
    print = (print ^ stable_hash(std::string_view(entry.gloss))) * 0xff51afd7ed558ccdULL;
    for (const auto& phrase : entry.said) print = (print ^ stable_hash(std::string_view(phrase))) * 0xff51afd7ed558ccdULL;
    for (const auto& phrase : entry.answers) print = (print ^ stable_hash(std::string_view(phrase))) * 0xff51afd7ed558ccdULL;
    for (const auto& segment : entry.segments) print = (print ^ stable_hash(std::string_view(segment))) * 0xff51afd7ed558ccdULL;
  }
  for (const Relation& relation : relations_)
    print = (print ^ (std::uint64_t{relation.from} << 32 | relation.to) ^ static_cast<std::uint64_t>(relation.type) << 60) * 0xff51afd7ed558ccdULL;
  return print;
}

}  // namespace jingwei::match
