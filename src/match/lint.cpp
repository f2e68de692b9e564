#include "match/lint.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "io/file.h"
#include "match/internal/analyser.h"
#include "match/internal/lexicon.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kTextsBytesMax = 200'000'000;

/// In how many texts each name of each term stands.
class NameCounts {
 public:
  explicit NameCounts(const Lexicon& lexicon) : lexicon_(lexicon) {}

  void add(std::string_view text) {
    const std::u32string folded = Analyser::fold(text);
    std::set<std::pair<std::uint32_t, std::u32string>> seen;
    for (const Mention& mention : lexicon_.find(folded)) seen.emplace(mention.entry, folded.substr(mention.begin, mention.end - mention.begin));
    for (const auto& found : seen) ++counts_[found];
    ++texts_;
  }

  std::vector<WideName> wide() const {
    std::vector<WideName> names;
    if (texts_ < kWideTextsMin) return names;
    for (const auto& [found, count] : counts_) {
      const double share = static_cast<double>(count) / static_cast<double>(texts_);
      if (share > kWideShareMax) names.push_back({to_utf8(found.second), lexicon_.concepts()[found.first].where, share});
    }
    std::ranges::sort(names, std::greater(), &WideName::share);
    return names;
  }

 private:
  const Lexicon& lexicon_;
  std::map<std::pair<std::uint32_t, std::u32string>, std::size_t> counts_;
  std::size_t texts_ = 0;
};

}  // namespace

LexiconReport check_lexicon(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& texts) {
  LexiconReport report;
  const Lexicon lexicon = Lexicon::parse(Lexicon::read_sources(folder), report.faults);
  report.terms = static_cast<std::int64_t>(lexicon.concepts().size());
  report.relations = static_cast<std::int64_t>(lexicon.relation_count());
  const auto count = [&](const Concept& entry, std::int64_t relations) {
    for (const auto& segment : entry.segments) report.by_segment[segment] += relations;
  };
  for (const Concept& entry : lexicon.concepts()) {
    report.names += static_cast<std::int64_t>(entry.names.size());
    count(entry, static_cast<std::int64_t>(entry.names.size()) - 1);
    report.phrases += static_cast<std::int64_t>(entry.said.size() + entry.answers.size() + (entry.gloss.empty() ? 0 : 1));
    if (entry.type == TermType::symptom && entry.answers.empty()) ++report.unanswered;
  }
  for (const Relation& relation : lexicon.relations()) count(lexicon.concepts()[relation.from], 1);
  NameCounts counts(lexicon);
  for (const auto& file : texts) {
    const std::string content = io::read_file(file, kTextsBytesMax);
    for (const auto line : split(content, '\n'))
      if (!trim(line).empty()) counts.add(line);
  }
  report.wide = counts.wide();
  return report;
}

}  // namespace jingwei::match
