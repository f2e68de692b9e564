#include "node/internal/match_feeder.h"

#include <spdlog/spdlog.h>

#include <set>

#include "io/file.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kBuildBatch = 2000;  ///< documents put at once

std::string text_of(const registry::Register& reg, const registry::Entry& entry, std::string_view role) {
  const registry::Field* field = reg.with_role(role);
  if (field == nullptr) return "";
  const auto at = entry.fields.find(field->id);
  return at != entry.fields.end() && at->value().is_string() ? std::string(at->value().as_string()) : "";
}

std::optional<std::int64_t> number_of(const registry::Register& reg, const registry::Entry& entry, std::string_view role) {
  const registry::Field* field = reg.with_role(role);
  if (field == nullptr) return std::nullopt;
  const auto at = entry.fields.find(field->id);
  return at != entry.fields.end() && at->value().is_int64() ? std::optional(at->value().as_int64()) : std::nullopt;
}

std::vector<std::string> codes_of(const registry::Register& reg, const registry::Entry& entry, std::string_view role) {
  const registry::Field* field = reg.with_role(role);
  std::vector<std::string> codes;
  if (field == nullptr) return codes;
  const auto at = entry.fields.find(field->id);
  if (at == entry.fields.end()) return codes;
  if (const auto* one = at->value().if_string()) codes.emplace_back(*one);
  if (const auto* many = at->value().if_array())
    for (const auto& code : *many) codes.emplace_back(code.as_string());
  return codes;
}

}  // namespace

match::Document document_of(const registry::Register& reg, const registry::Entry& entry) {
  match::Document document;
  document.id = entry.id;
  document.kind = reg.supply_kind;
  document.title = entry.title;
  if (const std::string headline = text_of(reg, entry, "headline"); !headline.empty()) document.title += "（" + headline + "）";
  document.text = text_of(reg, entry, "text");
  document.segment = entry.segment;
  document.region = entry.region;
  if (const auto trl = number_of(reg, entry, "trl")) document.trl = static_cast<int>(*trl);
  document.amount_fen = number_of(reg, entry, "amount");
  document.stages = codes_of(reg, entry, "stage");
  document.owner = entry.owner_id;
  document.valid_to = entry.valid_to;
  document.updated_us = entry.updated_at.us;
  return document;
}

MatchFeeder::MatchFeeder(const store::Database& database, store::FeedSignal& signal, const registry::Definitions& definitions, match::Engine& engine,
                         std::filesystem::path index_file)
    : definitions_(definitions), engine_(engine), index_file_(std::move(index_file)) {
  const auto connection = database.connect(true);
  const auto feed_seq = connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  auto verdict = engine_.load_index(index_file_);
  if (verdict == match::SnapshotVerdict::loaded && static_cast<std::int64_t>(engine_.feed_seq()) > feed_seq) {
    spdlog::warn("match index is ahead of the database; building it anew");
    verdict = match::SnapshotVerdict::damaged;
  }
  if (verdict != match::SnapshotVerdict::loaded) {
    if (verdict != match::SnapshotVerdict::absent) spdlog::info("match index: saved one not used ({})", enum_name(verdict));
    build(*connection);
  }
  saved_seq_ = verdict == match::SnapshotVerdict::loaded ? static_cast<std::int64_t>(engine_.feed_seq()) : -1;
  follower_ = std::make_unique<store::FeedFollower>(database, signal, "match index", static_cast<std::int64_t>(engine_.feed_seq()),
                                                    [this](store::Connection& reader, std::span<const store::FeedRecord> records) { apply(reader, records); });
}

MatchFeeder::~MatchFeeder() { stop(); }

void MatchFeeder::stop() { follower_->stop(); }

void MatchFeeder::build(store::Connection& connection) {
  engine_.clear();
  // The feed's number is read before the entries: what comes in between is applied twice, which changes nothing.
  const auto feed_seq = connection.query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  std::vector<match::Document> batch;
  for (const auto& reg : definitions_.all()) {
    if (reg.supply_kind.empty()) continue;
    connection.query(
        "SELECT e.id, e.owner_id, e.region, e.segment, e.title, e.valid_to, e.updated_us, v.body FROM entries e "
        "JOIN entry_versions v ON v.id = e.id AND v.version = e.version WHERE e.register = $1 AND e.state = 'published' ORDER BY e.id",
        {reg.id}, [&](const store::Row& row) {
          registry::Entry entry;
          entry.id = row.text(0);
          entry.owner_id = row.text(1);
          entry.region = row.text(2);
          entry.segment = row.text(3);
          entry.title = row.text(4);
          entry.valid_to = row.text(5);
          entry.updated_at = {row.integer(6)};
          entry.fields = parse_json(row.text(7)).as_object();
          batch.push_back(document_of(reg, entry));
          if (batch.size() < kBuildBatch) return;
          engine_.put(batch);
          batch.clear();
        });
  }
  engine_.put(batch);
  engine_.set_feed_seq(static_cast<std::uint64_t>(feed_seq));
  engine_.merge_all();
}

void MatchFeeder::apply(store::Connection& connection, std::span<const store::FeedRecord> records) {
  std::set<std::string> changed;
  for (const auto& record : records)
    if (record.kind == "entry") changed.insert(record.subject);
  std::vector<match::Document> published;
  {
    const store::Snapshot snapshot(connection);
    for (const auto& id : changed) {
      const registry::Register* reg = definitions_.of_entry(id);
      if (reg == nullptr || reg->supply_kind.empty()) continue;
      const auto entry = registry::Registry::find(connection, id);
      if (entry && entry->state == registry::EntryState::published) published.push_back(document_of(*reg, *entry));
      else engine_.remove(id);
    }
  }
  if (!published.empty()) engine_.put(published);
  engine_.set_feed_seq(static_cast<std::uint64_t>(records.back().seq));
}

void MatchFeeder::save() {
  const auto seq = static_cast<std::int64_t>(engine_.feed_seq());
  if (seq == saved_seq_) return;
  try {
    engine_.save_index(index_file_);
    saved_seq_ = seq;
  } catch (const std::exception& failed) {
    spdlog::warn("match index not saved, the next start builds it: {}", failed.what());
  }
}

}  // namespace jingwei::node
