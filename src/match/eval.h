// Measures the engine on judged needs: what `jingwei eval match` prints. Format of the files: one JSON object a line,
// supplies {id, kind, title, text, segment, region, trl, amount_wan}, needs {id, title, text, segment, region, budget_wan,
// stage, judgments: {supply id: grade 0 to 3}}; segments, regions and stages by their Chinese names. An unlisted supply counts 0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/described.h"
#include "match/match.h"

namespace jingwei::match {

constexpr std::size_t kEvalLineBytesMax = 1'000'000;
constexpr std::size_t kEvalLinesMax = 2'000'000;

/// A line of the supplies file, and one of the needs file.
struct SupplyLine {
  std::string id;
  std::string kind;
  std::string title;
  std::string text;
  std::optional<std::string> segment;
  std::optional<std::string> region;
  std::optional<int> trl;
  std::optional<double> amount_wan;
};
BOOST_DESCRIBE_STRUCT(SupplyLine, (), (id, kind, title, text, segment, region, trl, amount_wan))

struct NeedLine {
  std::string id;
  std::string title;
  std::string text;
  std::optional<std::string> segment;
  std::optional<std::string> region;
  std::optional<double> budget_wan;
  std::optional<std::string> stage;
  std::map<std::string, int> judgments;
};
BOOST_DESCRIBE_STRUCT(NeedLine, (), (id, title, text, segment, region, budget_wan, stage, judgments))

struct EvalRequest {
  std::filesystem::path supplies;
  std::filesystem::path needs;
  std::filesystem::path run;  ///< TREC run file to write; empty: none
  std::size_t top = 100;
  bool text_only = false;
};

/// Shown scores of one range against how many of those results judges found useful (grade 2 and up; unjudged ones count as useless).
struct Reliability {
  double shown = 0;    ///< mean of the scores
  double useful = 0;   ///< share
  std::int64_t results = 0;
};
BOOST_DESCRIBE_STRUCT(Reliability, (), (shown, useful, results))

struct EvalResult {
  double ndcg10 = 0;         ///< gain 2^grade - 1, discount log2(rank + 1), ideal: the judged list sorted by grade
  double ndcg10_judged = 0;  ///< the same over the ranking of the need's listed supplies alone
  double recall20 = 0;       ///< of supplies with grade 2 and up
  double recall100 = 0;
  double mrr10 = 0;          ///< of the first supply with grade 2 and up within ten
  std::int64_t needs = 0;
  double ms_per_need = 0;
  std::vector<Reliability> reliability;  ///< of the first 20 results of each need, by fifths of the score, lowest first; empty ones left out
};
BOOST_DESCRIBE_STRUCT(EvalResult, (), (ndcg10, ndcg10_judged, recall20, recall100, mrr10, needs, ms_per_need, reliability))

struct JudgedNeed {
  std::string id;
  Need need;
  std::map<std::string, int> judgments;
};

/// Loads the files into a fresh engine, matches every need, writes the run. Throws Rejected with line and field for a wrong
/// file, io::FileError for an unreadable one.
EvalResult evaluate(const Files& files, const EvalRequest& request);

struct FitRequest {
  std::filesystem::path supplies;
  std::filesystem::path needs;
  std::filesystem::path out;  ///< weights file to write; the present one stays as it is
  std::size_t folds = 5;
  double ridge = 0.05;        ///< how strongly the present shares hold: 0 not at all
  bool text_only = false;
};

struct FitResult {
  double before = 0;                     ///< ndcg10 of all needs with the present shares
  double held_out = 0;                   ///< mean over folds, each with shares fitted on the others
  std::vector<double> folds;
  std::map<std::string, double> shares;  ///< fitted on all needs; sum 1
  std::vector<std::pair<double, double>> calibration;  ///< score to share of useful supplies, fitted on held-out scores
  std::vector<Reliability> reliability;  ///< as EvalResult's, each fold calibrated on the others
};
BOOST_DESCRIBE_STRUCT(FitResult, (), (before, held_out, folds, shares, reliability))

/// Fits the shares of the score and its calibration and writes a whole weights file. Throws as evaluate() does.
FitResult fit(const Files& files, const FitRequest& request);

/// Pure parts of the above.
std::vector<Document> read_supplies(std::string_view jsonl, const Files& files);
std::vector<JudgedNeed> read_needs(std::string_view jsonl, const Files& files);
/// Shares of the score as the weights file has them, by feature; sum 1.
std::map<std::string, double> read_shares(const Files& files, bool text_only);
/// By fifths of the shown score; a pair is a shown score and 1 for useful, 0 for not.
std::vector<Reliability> reliability_of(const std::vector<std::pair<double, double>>& shown_and_useful);
/// Figures of one need; `ranking` holds ids, best first. `ms_per_need` stays 0 and `needs` is 1.
EvalResult measure(const std::vector<std::string>& ranking, const std::map<std::string, int>& judgments);

}  // namespace jingwei::match
