#include "match/match.h"

#include <malloc.h>

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/text.h"
#include "io/file.h"
#include "match/internal/batch.h"
#include "match/internal/explain.h"
#include "match/internal/index.h"
#include "match/internal/nearness.h"
#include "match/internal/query.h"
#include "match/internal/score.h"
#include "match/internal/snapshot_file.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kAloneMax = 64;           ///< documents that one thread analyses alone
constexpr std::size_t kAnalysingThreadsMax = 8;

void check_length(std::string_view text, std::size_t characters_max, const char* field) {
  // Bytes first: a 10 MB text is not counted through.
  if (text.size() <= characters_max || (text.size() <= characters_max * 4 && count_characters(text) <= characters_max)) return;
  throw Rejected(Code::too_large, field,
                 {fmt::format("文字太长，最多 {} 字", characters_max), fmt::format("The text is too long: at most {} characters", characters_max)},
                 {"写出要点即可，细节可作附件", "State the main points; details can be attached"});
}

void check_need(const Need& need) {
  check_length(need.title, kTitleCharactersMax, "title");
  check_length(need.text, kTextCharactersMax, "text");
  if (need.problems.size() > kProblemsMax)
    throw Rejected(Code::too_large, "problems", {fmt::format("最多 {} 个子题", kProblemsMax), fmt::format("At most {} problems", kProblemsMax)},
                   {"合并相近的子题", "Merge those that belong together"});
  for (const auto& problem : need.problems) check_length(problem, kTextCharactersMax, "problems");
}

void check_document(const Document& document) {
  const auto wrong = [](const char* field, Bilingual reason) {
    throw Rejected(Code::invalid, field, std::move(reason), {"改正后再发布", "Mend it and publish again"});
  };
  if (document.id.empty()) wrong("id", {"缺少编号", "The id is missing"});
  for (const auto& [name, value] : {std::pair{"id", &document.id}, {"kind", &document.kind}, {"segment", &document.segment}, {"region", &document.region},
                                    {"owner", &document.owner}, {"valid_to", &document.valid_to}})
    if (value->size() > kFieldBytesMax) wrong(name, {"太长", "Too long"});
  if (document.stages.size() > 16) wrong("stages", {"太多", "Too many"});
}

/// Text that is indexed is text that is kept: what lies beyond the limit is cut off here, once, for all stages.
Document trimmed(const Document& document) {
  Document kept = document;
  kept.title = std::string(first_characters(document.title, kTitleCharactersMax));
  kept.text = std::string(first_characters(document.text, kAnalysedCharactersMax));
  return kept;
}

}  // namespace

Files Files::below(const std::filesystem::path& root) {
  return {root / JINGWEI_DICTIONARY, root / "src/match/lexicon", root / "src/match/weights.yaml", root / "registers/code-lists/segments.yaml",
          root / "registers/code-lists/regions.csv"};
}

struct Engine::Parts {
  explicit Parts(const Files& files) : knowledge(files), index(knowledge.saturation) {}
  TermCounts counts(const Document& document) const { return knowledge.analyser.counts(document.title, document.text); }

  const Knowledge knowledge;
  Index index;
  Meanings meanings;
};

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() = default;

std::unique_ptr<Engine> Engine::load(const Files& files) {
  std::unique_ptr<Engine> engine(new Engine(std::make_unique<Parts>(files)));
  // Reading the dictionary leaves its file's pages behind; give them back.
  malloc_trim(0);
  return engine;
}

void Engine::put(std::span<const Document> documents) {
  for (const Document& document : documents) check_document(document);
  // From here on it must succeed. Analysis is the slow part, needs no lock and goes on all cores when there is much of it.
  std::vector<AnalysedDocument> analysed(documents.size());
  const auto analyse = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      analysed[i].document = trimmed(documents[i]);
      analysed[i].counts = parts_->counts(analysed[i].document);
    }
  };
  const std::size_t threads = documents.size() < kAloneMax ? 1 : std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kAnalysingThreadsMax);
  {
    std::vector<std::jthread> others;
    const std::size_t share = (documents.size() + threads - 1) / threads;
    for (std::size_t begin = share; begin < documents.size(); begin += share)
      others.emplace_back(analyse, begin, std::min(documents.size(), begin + share));
    analyse(0, std::min(documents.size(), share));
  }
  parts_->index.put(analysed, [&](const Document& old) { return parts_->counts(old); });
}

void Engine::remove(std::string_view id) {
  parts_->index.remove(id, [&](const Document& old) { return parts_->counts(old); });
}

void Engine::clear() { parts_->index.replace({}); }
void Engine::set_feed_seq(std::uint64_t feed_seq) { parts_->index.set_feed_seq(feed_seq); }
void Engine::set_segment_ways(std::span<const SegmentWay> ways) { parts_->index.set_ways(std::make_shared<const SegmentWays>(ways)); }
void Engine::merge_all() { parts_->index.merge_all(); }
void Engine::wait_until_merged() { parts_->index.wait_until_merged(); }
std::uint64_t Engine::feed_seq() const { return parts_->index.snapshot()->feed_seq; }

IndexState Engine::state() const {
  const auto index = parts_->index.snapshot();
  return {static_cast<std::size_t>(index->totals.documents), index->feed_seq, index->bytes()};
}

std::optional<Document> Engine::find(std::string_view id) const {
  const auto index = parts_->index.snapshot();
  const auto place = index->find(id);
  return place ? std::optional(index->document(*place)) : std::nullopt;
}

Meanings& Engine::meanings() { return parts_->meanings; }

void Engine::save_index(const std::filesystem::path& file) const {
  io::AtomicFile out(file);
  write_index(*parts_->index.snapshot(), parts_->knowledge.fingerprint(), [&](std::string_view piece) { out.write(piece); });
  out.commit();
}

SnapshotVerdict Engine::load_index(const std::filesystem::path& file) {
  if (!io::file_exists(file)) return SnapshotVerdict::absent;
  IndexSnapshot snapshot;
  const auto verdict = read_index(io::MappedFile(file).content(), parts_->knowledge.fingerprint(), snapshot);
  if (verdict == SnapshotVerdict::loaded) parts_->index.replace(std::move(snapshot));
  return verdict;
}

std::vector<Problem> Engine::decompose(const Need& need) const {
  check_need(need);
  const auto texts = need.problems.empty() ? split_problems(parts_->knowledge, need.title, need.text) : need.problems;
  std::vector<Problem> problems;
  for (const auto& text : texts) problems.push_back({static_cast<int>(problems.size()), text});
  return problems;
}

namespace {

/// The way of a need, from top to bottom.
Matches answer(const IndexSnapshot& index, const Knowledge& knowledge, const Meanings& meanings, const Need& need, std::vector<Problem> problems,
               const Options& options, Mode mode) {
  const Query query = mode == Mode::search ? make_search(knowledge, need) : make_query(knowledge, need, std::move(problems));
  const Features shares = shares_of(knowledge.weights, mode);
  const Plan plan = make_plan(index, knowledge, query);
  Rescorer rescorer(plan, knowledge.saturation);
  const Nearness near(meanings, knowledge.weights, index, need, options);
  auto candidates = retrieve(index, knowledge, query, plan, rescorer, options, retrieval_shares(shares, mode), mode != Mode::search, near.places());
  auto scored = score(index, knowledge, query, need, options, mode, shares, std::move(candidates), near);
  scored = diversify_and_calibrate(index, knowledge.weights, options, mode, std::move(scored));
  Matches matches{query.problems, {}, index.feed_seq};
  const Explainer explainer(index, knowledge, query, plan, rescorer, need, mode, shares);
  matches.items.reserve(scored.size());
  for (const Scored& one : scored) matches.items.push_back(explainer.explain(one));
  return matches;
}

}  // namespace

Matches Engine::match(const Need& need, const Options& options) const {
  const auto index = parts_->index.snapshot();
  auto problems = decompose(need);
  if (!options.text_only) return answer(*index, parts_->knowledge, parts_->meanings, need, std::move(problems), options, Mode::need);
  Need words;
  words.title = need.title;
  words.text = need.text;
  return answer(*index, parts_->knowledge, parts_->meanings, words, std::move(problems), options, Mode::text_only);
}

void Engine::match_all(std::span<const Need> needs, const Options& options, std::size_t threads, const FoundVisitor& visit) const {
  for (const Need& need : needs) check_need(need);
  match_batch(*parts_->index.snapshot(), parts_->knowledge, parts_->meanings, needs, options, threads, visit);
}

std::vector<Item> Engine::explain(const Need& need, std::span<const std::string> ids, const Options& options) const {
  return explain_these(*parts_->index.snapshot(), parts_->knowledge, parts_->meanings, need, decompose(need), ids, options);
}

Matches Engine::search(std::string_view query, const Options& options) const {
  check_length(query, kTextCharactersMax, "q");
  Need need;
  need.title = std::string(query);
  return answer(*parts_->index.snapshot(), parts_->knowledge, parts_->meanings, need, {}, options, Mode::search);
}

}  // namespace jingwei::match
