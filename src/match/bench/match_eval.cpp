// match_eval --supplies F --needs F [--run OUT] [--text-only] [--details] [--reasons] [--root DIR]: the figures of `jingwei eval match`, and the same per need
// and per segment, for work on the ranking; --root names another tree with its own weights and lexicon.
#include <cstdio>
#include <cstring>
#include <string>

#include "base/rejected.h"
#include "io/file.h"
#include "match/eval.h"

using namespace jingwei;

namespace {

constexpr std::size_t kItemsShown = 4;

void print_details(const match::Files& files, const match::EvalRequest& request, bool reasons) {
  const auto engine = match::Engine::load(files);
  engine->put(match::read_supplies(io::read_file(request.supplies), files));
  for (const auto& judged : match::read_needs(io::read_file(request.needs), files)) {
    match::Options options;
    options.limit = match::kResultsMax;
    options.text_only = request.text_only;
    const auto matches = engine->match(judged.need, options);
    std::vector<std::string> ranking;
    std::string grades;
    for (const auto& item : matches.items) {
      ranking.push_back(item.id);
      if (ranking.size() > 12) continue;
      const auto at = judged.judgments.find(item.id);
      grades += at == judged.judgments.end() ? '.' : static_cast<char>('0' + at->second);
    }
    for (std::size_t i = 0; reasons && i < kItemsShown && i < matches.items.size(); ++i) {
      const auto& item = matches.items[i];
      std::printf("  %s %.2f", item.id.c_str(), item.score);
      for (const auto& reason : item.reasons) std::printf(" | %s", reason.text.zh.c_str());
      for (const auto& text : item.missing) std::printf(" | ! %s", text.zh.c_str());
      std::printf("\n");
    }
    const auto result = match::measure(ranking, judged.judgments);
    std::printf("%s\t%s\t%.3f\t%.3f\t%.3f\t%zu\t%s\t%s\n", judged.id.c_str(), judged.need.segment.c_str(), result.ndcg10, result.ndcg10_judged,
                result.recall20, matches.problems.size(), grades.c_str(), judged.need.title.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  match::EvalRequest request;
  bool details = false;
  bool reasons = false;
  std::string root = JINGWEI_SOURCE;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--text-only") request.text_only = true;
    else if (flag == "--details") details = true;
    else if (flag == "--reasons") details = reasons = true;
    else if (flag == "--supplies" && i + 1 < argc) request.supplies = argv[++i];
    else if (flag == "--needs" && i + 1 < argc) request.needs = argv[++i];
    else if (flag == "--root" && i + 1 < argc) root = argv[++i];
    else if (flag == "--run" && i + 1 < argc) request.run = argv[++i];
  }
  try {
    const auto files = match::Files::below(root);
    if (details) print_details(files, request, reasons);
    std::printf("%s\n", json::serialize(to_json(match::evaluate(files, request))).c_str());
  } catch (const Rejected& rejected) {
    std::fprintf(stderr, "%s\n", rejected.message().en.c_str());
    for (const auto& problem : rejected.problems()) std::fprintf(stderr, "  %s: %s\n", problem.field.c_str(), problem.reason.en.c_str());
    return 1;
  } catch (const io::FileError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
