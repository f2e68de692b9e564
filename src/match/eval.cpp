#include "match/eval.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/money.h"
#include "base/text.h"
#include "io/file.h"
#include "match/internal/places.h"
#include "match/internal/weights.h"

namespace jingwei::match {

namespace {

constexpr std::size_t kRankNdcg = 10;
constexpr int kUseful = 2;  ///< grade from which a supply is worth finding
constexpr int kGradeMax = 3;
constexpr std::size_t kReliabilityDepth = 20;
constexpr std::uint64_t kEvalFileBytesMax = 2ULL << 30;

[[noreturn]] void wrong_line(std::size_t number, const std::string& field, Bilingual reason) {
  InputProblem problem{static_cast<std::int64_t>(number), field, reason, {"改正该行", "Mend that line"}};
  throw Rejected(Code::malformed, {fmt::format("第 {} 行：{}", number, reason.zh), fmt::format("line {}: {}", number, reason.en)}, {std::move(problem)});
}

/// Calls use(line, number) with each described line.
template <class Line>
void each_line(std::string_view jsonl, auto&& use) {
  std::size_t number = 0;
  std::set<std::string> ids;
  for (const auto text : split(jsonl, '\n')) {
    if (++number > kEvalLinesMax) wrong_line(number, "", {"行数太多", "too many lines"});
    if (trim(text).empty()) continue;
    if (text.size() > kEvalLineBytesMax) wrong_line(number, "", {"这一行太长", "the line is too long"});
    Line line;
    try {
      line = from_json<Line>(parse_json(text));
    } catch (const Rejected& rejected) {
      const auto field = rejected.problems().empty() ? std::string() : rejected.problems()[0].field;
      wrong_line(number, field, rejected.problems().empty() ? rejected.message() : rejected.problems()[0].reason);
    }
    if (line.id.empty() || !ids.insert(line.id).second) wrong_line(number, "/id", {"编号缺失或重复", "the id is missing or comes twice"});
    use(line, number);
  }
}

std::int64_t to_fen(double wan, std::size_t number) {
  if (!(wan >= 0 && wan < 1e9)) wrong_line(number, "/amount", {"金额不合理", "the amount is not possible"});
  return std::llround(wan * static_cast<double>(kFenPerWan));
}

std::string segment_code(const Places& places, const std::optional<std::string>& name, std::size_t number) {
  if (!name || name->empty()) return "";
  const Segment* segment = places.segment_named(*name);
  if (segment == nullptr) segment = places.segment(*name);
  if (segment == nullptr) wrong_line(number, "/segment", {"不认识的环节：" + *name, "unknown segment: " + *name});
  return segment->code;
}

/// Unknown places are left empty: the region is a hint, and collections name places freely.
std::string region_code(const Places& places, const std::optional<std::string>& name) { return name ? places.region_code(*name) : ""; }

double gain(int grade) { return std::exp2(grade) - 1; }

double ndcg(const std::vector<std::string>& ranking, const std::map<std::string, int>& judgments) {
  std::vector<int> ideal;
  for (const auto& [id, grade] : judgments) ideal.push_back(grade);
  std::sort(ideal.rbegin(), ideal.rend());
  double best = 0;
  for (std::size_t i = 0; i < ideal.size() && i < kRankNdcg; ++i) best += gain(ideal[i]) / std::log2(static_cast<double>(i) + 2);
  double got = 0;
  for (std::size_t i = 0; i < ranking.size() && i < kRankNdcg; ++i) {
    const auto at = judgments.find(ranking[i]);
    if (at != judgments.end()) got += gain(at->second) / std::log2(static_cast<double>(i) + 2);
  }
  return best > 0 ? got / best : 0;
}

double recall(const std::vector<std::string>& ranking, const std::map<std::string, int>& judgments, std::size_t depth) {
  double useful = 0;
  for (const auto& [id, grade] : judgments) useful += grade >= kUseful ? 1 : 0;
  double found = 0;
  for (std::size_t i = 0; i < ranking.size() && i < depth; ++i) {
    const auto at = judgments.find(ranking[i]);
    if (at != judgments.end() && at->second >= kUseful) found += 1;
  }
  return useful > 0 ? found / useful : 0;
}

void check_judgments(const std::vector<JudgedNeed>& needs, const std::vector<Document>& supplies) {
  std::set<std::string_view> known;
  for (const Document& supply : supplies) known.insert(supply.id);
  for (std::size_t i = 0; i < needs.size(); ++i)
    for (const auto& [id, grade] : needs[i].judgments)
      if (!known.contains(id)) wrong_line(i + 1, "/judgments/" + id, {"没有这一条供给：" + id, "no such supply: " + id});
}

}  // namespace

std::vector<Document> read_supplies(std::string_view jsonl, const Files& files) {
  const Places places(files.segments, files.regions);
  std::vector<Document> documents;
  each_line<SupplyLine>(jsonl, [&](const SupplyLine& line, std::size_t number) {
    Document document;
    document.id = line.id;
    document.kind = line.kind;
    document.title = line.title;
    document.text = line.text;
    document.segment = segment_code(places, line.segment, number);
    document.region = region_code(places, line.region);
    document.trl = line.trl;
    if (line.amount_wan) document.amount_fen = to_fen(*line.amount_wan, number);
    documents.push_back(std::move(document));
  });
  return documents;
}

std::vector<JudgedNeed> read_needs(std::string_view jsonl, const Files& files) {
  const Places places(files.segments, files.regions);
  const std::map<std::string, std::string> stages{{"初创", "seed"}, {"成长", "growth"}, {"成熟", "mature"}};
  std::vector<JudgedNeed> needs;
  each_line<NeedLine>(jsonl, [&](const NeedLine& line, std::size_t number) {
    JudgedNeed judged;
    judged.id = line.id;
    judged.need.title = line.title;
    judged.need.text = line.text;
    judged.need.segment = segment_code(places, line.segment, number);
    judged.need.region = region_code(places, line.region);
    if (line.budget_wan) judged.need.budget_fen = to_fen(*line.budget_wan, number);
    if (line.stage) {
      const auto at = stages.find(*line.stage);
      if (at == stages.end()) wrong_line(number, "/stage", {"阶段应为初创、成长、成熟", "the stage must be 初创, 成长 or 成熟"});
      judged.need.stage = at->second;
    }
    for (const auto& [id, grade] : line.judgments)
      if (grade < 0 || grade > kGradeMax) wrong_line(number, "/judgments/" + id, {"等级应为 0 至 3", "a grade is 0 to 3"});
    judged.judgments = line.judgments;
    needs.push_back(std::move(judged));
  });
  return needs;
}

std::map<std::string, double> read_shares(const Files& files, bool text_only) {
  const Weights weights = Weights::parse(io::read_file(files.weights), files.weights.filename().string());
  return text_only ? weights.parts_text_only : weights.parts;
}

std::vector<Reliability> reliability_of(const std::vector<std::pair<double, double>>& shown_and_useful) {
  std::array<Reliability, 5> fifths;
  for (const auto& [shown, useful] : shown_and_useful) {
    Reliability& one = fifths[std::min<std::size_t>(4, static_cast<std::size_t>(std::max(0.0, shown) * 5))];
    one.shown += shown;
    one.useful += useful;
    ++one.results;
  }
  std::vector<Reliability> found;
  for (const Reliability& one : fifths)
    if (one.results > 0) found.push_back({one.shown / static_cast<double>(one.results), one.useful / static_cast<double>(one.results), one.results});
  return found;
}

EvalResult measure(const std::vector<std::string>& ranking, const std::map<std::string, int>& judgments) {
  EvalResult result;
  result.needs = 1;
  result.ndcg10 = ndcg(ranking, judgments);
  std::vector<std::string> listed;
  for (const auto& id : ranking)
    if (judgments.contains(id)) listed.push_back(id);
  result.ndcg10_judged = ndcg(listed, judgments);
  result.recall20 = recall(ranking, judgments, 20);
  result.recall100 = recall(ranking, judgments, 100);
  for (std::size_t i = 0; i < ranking.size() && i < kRankNdcg && result.mrr10 == 0; ++i) {
    const auto at = judgments.find(ranking[i]);
    if (at != judgments.end() && at->second >= kUseful) result.mrr10 = 1.0 / static_cast<double>(i + 1);
  }
  return result;
}

EvalResult evaluate(const Files& files, const EvalRequest& request) {
  const auto supplies = read_supplies(io::read_file(request.supplies, kEvalFileBytesMax), files);
  const auto needs = read_needs(io::read_file(request.needs, kEvalFileBytesMax), files);
  check_judgments(needs, supplies);
  const auto engine = Engine::load(files);
  engine->put(supplies);
  Options options;
  // The judged ranking needs every listed supply's place, so everything is ranked and the run keeps the top.
  options.limit = std::min(kResultsMax, std::max(request.top, supplies.size()));
  options.text_only = request.text_only;
  EvalResult sum;
  std::string run;
  double seconds = 0;
  std::vector<std::pair<double, double>> shown_and_useful;
  for (const JudgedNeed& judged : needs) {
    Options timed = options;
    timed.limit = request.top;
    const auto begin = std::chrono::steady_clock::now();
    (void)engine->match(judged.need, timed);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const Matches matches = engine->match(judged.need, options);
    std::vector<std::string> ranking;
    for (const Item& item : matches.items) {
      ranking.push_back(item.id);
      if (ranking.size() <= kReliabilityDepth) {
        const auto at = judged.judgments.find(item.id);
        shown_and_useful.emplace_back(item.score, at != judged.judgments.end() && at->second >= kUseful ? 1 : 0);
      }
      if (ranking.size() <= request.top) run += fmt::format("{} Q0 {} {} {:.6f} jingwei\n", judged.id, item.id, ranking.size(), item.score);
    }
    EvalResult one = measure(ranking, judged.judgments);
    if (ranking.size() > request.top) ranking.resize(request.top);
    const EvalResult top = measure(ranking, judged.judgments);
    sum.ndcg10 += top.ndcg10;
    sum.ndcg10_judged += one.ndcg10_judged;
    sum.recall20 += top.recall20;
    sum.recall100 += top.recall100;
    sum.mrr10 += top.mrr10;
  }
  const double count = static_cast<double>(std::max<std::size_t>(1, needs.size()));
  if (!request.run.empty()) io::write_file_atomically(request.run, run);
  return {sum.ndcg10 / count, sum.ndcg10_judged / count, sum.recall20 / count, sum.recall100 / count, sum.mrr10 / count,
          static_cast<std::int64_t>(needs.size()), 1000 * seconds / count, reliability_of(shown_and_useful)};
}

}  // namespace jingwei::match
