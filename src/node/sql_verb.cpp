// `jingwei sql`: one SELECT over the read model, with the sight of an administrator. Uses and updates the data folder's analytics
// file; while a node is running, which holds it, the model is built once more in memory.
#include <iostream>

#include <spdlog/spdlog.h>

#include "io/file.h"
#include "node/internal/verbs.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

constexpr int kBuildMs = 600'000;

int answer_sql(const Place& place, const std::string& sql) {
  const std::filesystem::path data = place.data;
  const Settings settings = read_settings(data);
  std::optional<io::FolderLock> lock;
  try {
    lock.emplace(data / "lock");
  } catch (const io::FileError&) {
    spdlog::info("the node is running and holds its analytics file: building the model once more in memory");
  }
  const auto database = open_database(data, settings, place.store, false);
  const auto definitions = registry::Definitions::load(program_folder() / "registers");
  store::FeedSignal signal;
  const auto seq = database->connect(true)->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  analytics::Model model(*database, signal, definitions, {.file = lock ? data / "analytics.duckdb" : std::filesystem::path()});
  if (!model.wait_applied(seq, kBuildMs)) throw Rejected(Code::unavailable, {"查询用的数据没有准备好，原因见日志", "The data for queries could not be prepared; see the log"});
  const auto answer = model.ask(analytics::Sight::everything, sql, {.rows_max = analytics::kDownloadRowsMax, .deadline_ms = kBuildMs});
  std::cout << analytics::csv_of(answer);
  if (!answer.complete) spdlog::warn("there were more than {} rows; the rest is not shown", analytics::kDownloadRowsMax);
  return kOk;
}

}  // namespace

void add_sql(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("sql", "answer one SELECT over the read model as CSV; the node may go on running");
  auto place = ask_place(*verb);
  auto text = std::make_shared<std::string>();
  verb->add_option("SELECT", *text, "for example: SELECT region_name, count(*) FROM needs GROUP BY ALL")->required();
  verb->callback([=, &chosen] {
    chosen = [=] { return answer_sql(*place, *text); };
  });
}

}  // namespace jingwei::node
