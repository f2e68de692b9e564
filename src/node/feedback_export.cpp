#include "node/internal/feedback_export.h"

#include <fstream>
#include <map>
#include <set>

#include "base/money.h"
#include "io/file.h"
#include "match/eval.h"
#include "node/internal/match_feeder.h"
#include "node/node.h"

namespace jingwei::node {

struct SplitLine {
  std::string id;
  std::vector<std::string> problems;
};
BOOST_DESCRIBE_STRUCT(SplitLine, (), (id, problems))

namespace {

using registry::Definitions;
using registry::Entry;
using registry::Registry;

/// Lines of described values; a disk that fills up is noticed at the end of the file.
class LineFile {
 public:
  explicit LineFile(std::filesystem::path path) : path_(std::move(path)), out_(path_, std::ios::binary | std::ios::trunc) {}
  template <class Line>
  void write(const Line& line) {
    out_ << json::serialize(to_json(line)) << '\n';
  }
  void finish() {
    out_.flush();
    if (!out_) throw io::FileError(path_, "cannot be written", ENOSPC);
  }

 private:
  std::filesystem::path path_;
  std::ofstream out_;
};

std::optional<std::string> unless_empty(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

std::string without_suffix(const std::string& name) {
  for (const std::string_view suffix : {"自治州", "新区", "市", "区", "县", "省"})
    if (name.size() > suffix.size() + 3 && name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

/// As the judged files name places: 嘉兴南湖.
std::optional<std::string> place_name(const Definitions& definitions, const std::string& code) {
  const Region* region = definitions.regions().find(code);
  if (region == nullptr) return std::nullopt;
  const Region* parent = definitions.regions().find(region->parent);
  return (parent != nullptr ? without_suffix(parent->name) : "") + without_suffix(region->name);
}

std::optional<double> in_wan(std::optional<std::int64_t> fen) {
  return fen ? std::optional(static_cast<double>(*fen) / static_cast<double>(kFenPerWan)) : std::nullopt;
}

match::SupplyLine supply_line(const Definitions& definitions, const registry::Register& reg, const Entry& entry) {
  const match::Document document = document_of(reg, entry);
  return {document.id,  document.kind,        document.title, document.text, unless_empty(document.segment), place_name(definitions, document.region),
          document.trl, in_wan(document.amount_fen)};
}

std::int64_t write_supplies(store::Connection& connection, const Registry& registry, const std::set<std::string>& judged, LineFile& file) {
  const Definitions& definitions = registry.definitions();
  std::int64_t written = 0;
  for (const auto& reg : definitions.all()) {
    if (reg.supply_kind.empty()) continue;
    registry::EntryFilter filter;
    filter.register_id = reg.id;
    registry.each(connection, identity::node_operator(), filter, [&](const Entry& entry) {
      if (entry.state != registry::EntryState::published && !judged.contains(entry.id)) return;
      file.write(supply_line(definitions, reg, entry));
      ++written;
    });
  }
  return written;
}

match::NeedLine need_line(const Definitions& definitions, const Entry& need, std::map<std::string, int> judgments) {
  const auto text_of = [&](std::string_view field) {
    const auto at = need.fields.find(field);
    return at != need.fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : std::string();
  };
  const auto budget = need.fields.find("budget_fen");
  const registry::CodeItem* stage = definitions.code_list("growth-stages")->find(text_of("stage"));
  return {need.id,
          need.title,
          text_of("text"),
          unless_empty(need.segment),
          place_name(definitions, need.region),
          budget != need.fields.end() ? in_wan(budget->value().as_int64()) : std::nullopt,
          stage != nullptr ? std::optional(stage->zh) : std::nullopt,
          std::move(judgments)};
}

std::int64_t write_splits(store::Connection& connection, LineFile& file) {
  std::int64_t written = 0;
  connection.query("SELECT need_id, body FROM need_problems WHERE edited <> 0 ORDER BY need_id", {}, [&](const store::Row& row) {
    file.write(SplitLine{row.string(0), from_json<std::vector<std::string>>(parse_json(row.text(1)))});
    ++written;
  });
  return written;
}

}  // namespace

ExportedFeedback export_feedback(const std::filesystem::path& data, const std::string& store_override, const std::filesystem::path& folder) {
  const Settings settings = read_settings(data);
  const auto database = open_database(data, settings, store_override, false);
  const Definitions definitions = Definitions::load(program_folder() / "registers");
  const evidence::Issuer issuer(settings.origin, read_key(data));
  const Registry registry(definitions, issuer);
  io::make_folders(folder);
  LineFile supplies(folder / "supplies.jsonl");
  LineFile needs(folder / "needs.jsonl");
  LineFile splits(folder / "splits.jsonl");
  const auto connection = database->connect(true);
  const store::Snapshot snapshot(*connection);
  ExportedFeedback exported;
  std::map<std::string, std::map<std::string, int>> by_need;
  std::set<std::string> judged;
  feedback::Feedback::each_judgment(*connection, [&](const feedback::Judgment& judgment) {
    by_need[judgment.need_id][judgment.supply_id] = judgment.grade;
    judged.insert(judgment.supply_id);
    ++exported.judgments;
  });
  exported.supplies = write_supplies(*connection, registry, judged, supplies);
  for (const auto& [id, judgments] : by_need) {
    needs.write(need_line(definitions, Registry::find(*connection, id).value(), judgments));
    ++exported.needs;
  }
  exported.splits = write_splits(*connection, splits);
  for (auto* file : {&supplies, &needs, &splits}) file->finish();
  return exported;
}

}  // namespace jingwei::node
