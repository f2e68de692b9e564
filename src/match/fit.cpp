// `jingwei eval fit`: shares of the score and its calibration from judged needs.
//
// Pairwise logistic regression (RankNet's loss with a linear scorer; Burges et al. 2005): of two supplies judged differently
// for one need the better should score higher; each pair counts by the difference of its gains, each need alike. Ridge pulls
// towards the present shares, which were set by reason, and no share falls below 0. The calibration is isotonic regression
// (pool adjacent violators) of "useful" on the score, over scores of needs that the shares were not fitted on.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "io/file.h"
#include "match/eval.h"
#include "match/internal/weights.h"

namespace jingwei::match {
namespace {

constexpr std::uint64_t kWeightsBytesMax = 1'000'000;
constexpr std::uint64_t kEvalFileBytesMax = 2'000'000'000;
constexpr std::size_t kUnjudgedTaken = 40;    ///< supplies from the top that nobody judged: they count as grade 0...
constexpr double kUnjudgedWeight = 0.4;       ///< ...and less, for judgments are not exhaustive
constexpr double kSteepness = 8;              ///< of the logistic in units of the score
constexpr int kEpochs = 300;
constexpr double kRate = 0.5;
constexpr std::size_t kCalibratedDepth = 20;  ///< first results of each need
constexpr std::size_t kKnotsMax = 12;
constexpr double kStepMin = 0.004;  ///< between knots: different scores stay different
constexpr int kUseful = 2;

struct Judged {
  std::string id;
  std::vector<double> features;
  double score = 0;
  int grade = -1;  ///< -1: nobody judged it
};
using NeedItems = std::vector<Judged>;

struct Pair {
  std::vector<double> difference;
  double weight = 0;
};

std::vector<std::string> feature_names(const std::map<std::string, double>& parts) {
  std::vector<std::string> names;
  for (const auto& [name, value] : parts) names.push_back(name);
  return names;
}

/// Everything the engine says of every need, in its order.
std::vector<NeedItems> answers(const Engine& engine, const std::vector<JudgedNeed>& needs, bool text_only, const std::vector<std::string>& names) {
  std::vector<NeedItems> all;
  Options options;
  options.limit = kResultsMax;
  options.text_only = text_only;
  for (const JudgedNeed& judged : needs) {
    NeedItems items;
    for (const Item& item : engine.match(judged.need, options).items) {
      Judged one{item.id, {}, item.score, -1};
      for (const auto& name : names) one.features.push_back(item.parts.contains(name) ? item.parts.at(name) : 0);
      if (const auto at = judged.judgments.find(item.id); at != judged.judgments.end()) one.grade = at->second;
      items.push_back(std::move(one));
    }
    all.push_back(std::move(items));
  }
  return all;
}

double gain(int grade) { return std::exp2(std::max(0, grade)) - 1; }

std::vector<Pair> pairs_of(const std::vector<const NeedItems*>& needs) {
  std::vector<Pair> pairs;
  for (const NeedItems* items : needs) {
    const std::size_t first = pairs.size();
    double sum = 0;
    for (const Judged& better : *items)
      for (std::size_t i = 0; i < items->size(); ++i) {
        const Judged& worse = (*items)[i];
        if (gain(better.grade) <= gain(worse.grade) || (worse.grade < 0 && i >= kUnjudgedTaken)) continue;
        Pair pair{better.features, (gain(better.grade) - gain(worse.grade)) * (worse.grade < 0 ? kUnjudgedWeight : 1)};
        for (std::size_t f = 0; f < pair.difference.size(); ++f) pair.difference[f] -= worse.features[f];
        sum += pair.weight;
        pairs.push_back(std::move(pair));
      }
    for (std::size_t i = first; i < pairs.size(); ++i) pairs[i].weight /= sum * static_cast<double>(needs.size());
  }
  return pairs;
}

/// Projected gradient descent; deterministic.
std::vector<double> descend(const std::vector<Pair>& pairs, const std::vector<double>& start, double ridge) {
  std::vector<double> shares = start;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    std::vector<double> slope(shares.size(), 0);
    for (const Pair& pair : pairs) {
      double margin = 0;
      for (std::size_t f = 0; f < shares.size(); ++f) margin += shares[f] * pair.difference[f];
      const double wrong = pair.weight * kSteepness / (1 + std::exp(std::clamp(kSteepness * margin, -30.0, 30.0)));
      for (std::size_t f = 0; f < shares.size(); ++f) slope[f] -= wrong * pair.difference[f];
    }
    double sum = 0;
    for (std::size_t f = 0; f < shares.size(); ++f) {
      slope[f] += 2 * ridge * kSteepness * kSteepness * (shares[f] - start[f]);
      shares[f] = std::max(0.0, shares[f] - kRate / kSteepness * slope[f] / (1 + 2 * ridge * kSteepness * kRate));
      sum += shares[f];
    }
    for (double& share : shares) share /= std::max(1e-9, sum);
  }
  return shares;
}

/// The weights file with the numbers of one section replaced; comments and order stay.
std::string with_section(const std::string& yaml, const std::string& section, const std::vector<std::string>& names, const std::vector<double>& shares) {
  std::string out;
  bool inside = false;
  for (const auto line : split(yaml, '\n')) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') inside = line.starts_with(section + ":");
    std::string kept(line);
    for (std::size_t f = 0; inside && f < names.size(); ++f) {
      const std::string key = "  " + names[f] + ":";
      if (!line.starts_with(key)) continue;
      const auto comment = line.find('#');
      kept = fmt::format("{} {:.3f}{}", key, shares[f], comment == std::string_view::npos ? "" : "  " + std::string(line.substr(comment)));
    }
    out += kept + "\n";
  }
  out.pop_back();  // split gives one more line than there are line ends
  return out;
}

std::string with_calibration(const std::string& yaml, const std::vector<std::pair<double, double>>& knots) {
  std::string out;
  bool inside = false;
  for (const auto line : split(yaml, '\n')) {
    if (!line.empty() && line[0] != ' ') inside = line.starts_with("calibration:");
    if (inside && line.starts_with("  - [")) continue;
    out += std::string(line) + "\n";
    if (line.starts_with("calibration:"))
      for (const auto& [raw, shown] : knots) out += fmt::format("  - [{:.3f}, {:.3f}]\n", raw, shown);
  }
  out.pop_back();
  return out;
}

/// Pool adjacent violators, then no more knots than a person can read.
std::vector<std::pair<double, double>> isotonic(std::vector<std::pair<double, double>> points) {
  std::ranges::sort(points);
  struct Block {
    double score, useful, count;
  };
  std::vector<Block> blocks;
  const std::size_t group = std::max<std::size_t>(1, points.size() / kKnotsMax);
  for (std::size_t i = 0; i < points.size(); i += group) {
    Block block{0, 0, 0};
    for (std::size_t j = i; j < std::min(points.size(), i + group); ++j) {
      block.score += points[j].first;
      block.useful += points[j].second;
      ++block.count;
    }
    blocks.push_back(block);
    while (blocks.size() > 1 && blocks[blocks.size() - 2].useful / blocks[blocks.size() - 2].count >= blocks.back().useful / blocks.back().count) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back() = {blocks.back().score + last.score, blocks.back().useful + last.useful, blocks.back().count + last.count};
    }
  }
  std::vector<std::pair<double, double>> knots{{0, 0}};
  for (const Block& block : blocks) {
    const double score = block.score / block.count;
    if (score > knots.back().first + 0.001 && score < 0.999) knots.emplace_back(score, std::clamp(block.useful / block.count, knots.back().second + kStepMin, 1.0));
  }
  // Nothing was seen above the last group: more than its share is not promised.
  knots.emplace_back(1, knots.size() == 1 ? 1 : knots.back().second);
  return knots;
}

/// The points of all folds but one, or of all.
std::vector<std::pair<double, double>> all_but(const std::vector<std::vector<std::pair<double, double>>>& folds, std::size_t left_out) {
  std::vector<std::pair<double, double>> all;
  for (std::size_t fold = 0; fold < folds.size(); ++fold)
    if (fold != left_out) all.insert(all.end(), folds[fold].begin(), folds[fold].end());
  return all;
}

/// What a calibration shows for a raw score.
double shown(const std::vector<std::pair<double, double>>& knots, double raw) {
  Weights weights;
  weights.calibration = knots;
  return weights.calibrate(raw);
}

/// A weights file beside the given one, gone with the object.
class TemporaryWeights {
 public:
  TemporaryWeights(const std::filesystem::path& beside, const std::string& yaml) : path_(beside.string() + ".fit") { io::write_file_atomically(path_, yaml); }
  ~TemporaryWeights() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryWeights(const TemporaryWeights&) = delete;
  TemporaryWeights& operator=(const TemporaryWeights&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

double mean_ndcg(const std::vector<NeedItems>& answered, const std::vector<JudgedNeed>& needs, std::size_t fold, std::size_t folds) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = fold; i < needs.size(); i += folds, ++count) {
    std::vector<std::string> ranking;
    for (const Judged& item : answered[i]) ranking.push_back(item.id);
    sum += measure(ranking, needs[i].judgments).ndcg10;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

}  // namespace

FitResult fit(const Files& files, const FitRequest& request) {
  const auto supplies = read_supplies(io::read_file(request.supplies, kEvalFileBytesMax), files);
  const auto needs = read_needs(io::read_file(request.needs, kEvalFileBytesMax), files);
  if (needs.size() < request.folds || request.folds < 2)
    throw Rejected(Code::invalid, "folds", {"需求太少，不够分组", "There are fewer needs than folds"}, {"减少组数，或多给一些已评判的需求", "Ask for fewer folds or give more judged needs"});
  const std::string present = io::read_file(files.weights, kWeightsBytesMax);
  // Raw scores are what is calibrated: answers are given without the present calibration.
  const std::string yaml = with_calibration(present, {{0, 0}, {1, 1}});
  const std::string section = request.text_only ? "parts_text_only" : "parts";
  const auto answer_with = [&](const std::string& weights, const std::vector<std::string>& names) {
    const TemporaryWeights temporary(request.out, weights);
    Files other = files;
    other.weights = temporary.path();
    const auto engine = Engine::load(other);
    engine->put(supplies);
    return answers(*engine, needs, request.text_only, names);
  };
  FitResult result;
  std::vector<std::string> names = feature_names(read_shares(files, request.text_only));
  std::vector<double> start;
  for (const auto& [name, share] : read_shares(files, request.text_only)) start.push_back(share);
  const auto before = answer_with(yaml, names);
  result.before = mean_ndcg(before, needs, 0, 1);
  std::vector<std::vector<std::pair<double, double>>> points(request.folds);
  for (std::size_t fold = 0; fold < request.folds; ++fold) {
    std::vector<const NeedItems*> others;
    for (std::size_t i = 0; i < needs.size(); ++i)
      if (i % request.folds != fold) others.push_back(&before[i]);
    const auto shares = descend(pairs_of(others), start, request.ridge);
    const auto after = answer_with(with_section(yaml, section, names, shares), names);
    result.folds.push_back(mean_ndcg(after, needs, fold, request.folds));
    for (std::size_t i = fold; i < needs.size(); i += request.folds)
      for (std::size_t r = 0; r < std::min(kCalibratedDepth, after[i].size()); ++r) points[fold].emplace_back(after[i][r].score, after[i][r].grade >= kUseful);
  }
  for (const double ndcg : result.folds) result.held_out += ndcg / static_cast<double>(result.folds.size());
  std::vector<const NeedItems*> all;
  for (const NeedItems& items : before) all.push_back(&items);
  const auto shares = descend(pairs_of(all), start, request.ridge);
  for (std::size_t f = 0; f < names.size(); ++f) result.shares[names[f]] = shares[f];
  result.calibration = isotonic(all_but(points, points.size()));
  std::vector<std::pair<double, double>> shown_and_useful;
  for (std::size_t fold = 0; fold < points.size(); ++fold) {
    const auto knots = isotonic(all_but(points, fold));
    for (const auto& [raw, useful] : points[fold]) shown_and_useful.emplace_back(shown(knots, raw), useful);
  }
  result.reliability = reliability_of(shown_and_useful);
  std::string fitted = with_section(present, section, names, shares);
  if (!request.text_only) fitted = with_calibration(fitted, result.calibration);
  io::write_file_atomically(request.out, fitted);
  return result;
}

}  // namespace jingwei::match
