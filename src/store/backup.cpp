// Backup and restore: one folder with a file of JSON lines a table and manifest.json.
//
//   manifest.json    {"format":"jingwei-backup/1","made_at":…,"feed_seq":…,"leaf_count":…,"schema":…,"tables":[{"name","rows","sha256"}]}
//   <table>.jsonl    first line: column names and kinds; then one JSON array a row, bytes as base64
//
// The manifest is written last: a folder without one is an unfinished backup and is refused.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/described.h"
#include "crypto/crypto.h"
#include "io/file.h"
#include "store/store.h"

namespace jingwei::store {
namespace {

constexpr std::string_view kFormat = "jingwei-backup/1";
constexpr std::int64_t kManifestDigestSince = 3;  ///< migration from which every manifest carries its own digest

struct Column {
  std::string name;
  char kind;  ///< 'i' integer, 't' text, 'b' bytes
};

struct Table {
  std::string name;
  std::string order;
  std::vector<Column> columns;
  std::int64_t since = 1;  ///< schema of a backup from which it is part of one (a count of its own, not a migration): older backups have none
};

Table table(std::string name, std::string order, std::string_view columns, std::int64_t since = 1) {
  Table result{std::move(name), std::move(order), {}, since};
  while (!columns.empty()) {
    const auto end = std::min(columns.find(' '), columns.size());
    const std::string_view item = columns.substr(0, end);
    result.columns.push_back({std::string(item.substr(2)), item[0]});
    columns.remove_prefix(std::min(end + 1, columns.size()));
  }
  return result;
}

/// Columns by kind; a test compares them with the schema of both databases.
const std::vector<Table>& tables() {
  static const std::vector<Table> all = {
      table("heads", "id", "i:id i:feed_seq i:leaf_count"),
      table("meta", "name", "t:name t:value"),
      table("feed", "seq", "i:seq i:at_us t:kind t:act t:subject i:version"),
      table(
          "entries", "id",
          "t:id t:register t:key_text t:state t:owner_id t:region t:segment t:title t:audience t:valid_to i:version i:created_us i:updated_us i:published_us"),
      table("entry_versions", "id, version", "t:id i:version i:at_us t:actor_id t:act t:body"),
      table("need_problems", "need_id", "t:need_id i:version i:edited t:body"),
      table("need_guests", "need_id, organization_id", "t:need_id t:organization_id"),
      table("deals", "id", "t:id t:state i:version t:need_id t:supply_id t:buyer_id t:seller_id i:created_us i:updated_us t:body"),
      table("deal_events", "deal_id, number", "t:deal_id i:number i:at_us t:actor_id t:side t:act t:body"),
      table("feedback", "id", "t:id t:need_id t:supply_id i:version i:updated_us t:mark t:reason t:body", 2),
      table("feedback_versions", "id, version", "t:id i:version i:at_us t:actor_id t:body", 2),
      table("rounds", "id", "t:id t:day t:cause t:state t:holder i:started_us i:seen_us i:ended_us i:needs i:needs_done i:pairs t:body", 3),
      table("round_pairs", "round_id, need_id, supply_id", "t:round_id t:need_id t:supply_id t:need_owner_id t:supply_owner_id i:worth_ppm t:body", 3),
      table("round_exposure", "round_id, owner_id", "t:round_id t:owner_id i:found i:plain i:given", 3),
      table("digests", "id", "t:id t:round_id t:organization_id i:at_us i:needs i:supplies i:wanted", 3),
      table("digest_reads", "digest_id, account_id", "t:digest_id t:account_id i:at_us", 3),
      table("split_proposals", "need_id", "t:need_id t:text_digest t:model i:made_us t:state t:body", 4),
      table("saved_queries", "id", "t:id i:version t:owner_id t:organization_id i:updated_us i:removed t:title t:body", 5),
      table("saved_query_versions", "id, version", "t:id i:version i:at_us t:actor_id t:act t:body", 5),
      table("policy_lists", "id", "t:id t:policy t:title_zh t:title_en t:day i:made_us t:actor_id i:members i:new_members i:amount_fen", 7),
      table("policy_list_members", "list_id, organization_id", "t:list_id t:organization_id i:amount_fen i:is_new", 7),
      table("appraisal_confirmations", "id, version", "t:id i:version t:scheme i:year i:at_us t:actor_id t:actor_name t:reason i:feed_seq t:sha256 t:body", 11),
      table("steering_items", "id", "t:id t:kind t:key_text t:parent_id t:state i:version i:created_us i:updated_us t:body", 6),
      table("steering_versions", "id, version", "t:id i:version t:kind i:at_us t:actor_id t:actor_name t:act t:note t:body", 6),
      table("attachments", "id", "t:id t:sha256 t:name t:media_type i:bytes i:at_us t:actor_id t:actor_name", 10),
      table("plan_drafts", "id", "t:id t:account_id i:version i:updated_us t:title t:body", 10),
      table("statements", "leaf", "i:leaf t:id t:kind t:subject i:at_us b:cose t:public_text b:salt"),
      table("accounts", "id", "t:id t:login t:name t:organization_id t:roles t:language t:password_hash i:disabled i:version i:created_us"),
      table("sessions", "token_hash", "t:token_hash t:account_id i:created_us i:seen_us"),
      table("sign_in_links", "token_hash", "t:token_hash t:account_id i:created_us i:expires_us i:used_us"),
      table("api_tokens", "id", "t:id t:account_id t:name t:token_hash t:scopes i:created_us i:expires_us i:revoked_us"),
      table("imports", "id", "t:id t:register t:account_id t:state i:created_us i:done_rows t:body"),
      table("import_files", "import_id", "t:import_id b:content"),
      table("idempotency_keys", "actor_id, key", "t:actor_id t:key t:request_digest i:at_us i:status t:headers t:body"),
  };
  return all;
}

std::string column_list(const Table& table) {
  std::string list;
  for (const auto& column : table.columns) list += (list.empty() ? "" : ", ") + column.name;
  return list;
}

/// Migration that the newest table came with; what a manifest without `schema` was made by is the first.
std::int64_t newest_schema() { return std::ranges::max(tables(), {}, &Table::since).since; }

std::filesystem::path file_of(const std::string& folder, const Table& table) { return std::filesystem::path(folder) / (table.name + ".jsonl"); }

json::object dump_table(Connection& connection, const Table& table, const std::string& folder) {
  std::ofstream out(file_of(folder, table), std::ios::binary);
  crypto::Hasher hasher;
  std::int64_t rows = 0;
  const auto write_line = [&](const json::value& value) {
    const std::string line = json::serialize(value) + "\n";
    hasher.add(as_bytes(line));
    out << line;
  };
  json::array header;
  for (const auto& column : table.columns) header.emplace_back(column.name);
  write_line(header);
  connection.query("SELECT " + column_list(table) + " FROM " + table.name + " ORDER BY " + table.order, {}, [&](const Row& row) {
    json::array line;
    for (int i = 0; i < static_cast<int>(table.columns.size()); ++i) {
      const char kind = table.columns[static_cast<std::size_t>(i)].kind;
      if (kind == 'i') line.emplace_back(row.integer(i));
      else if (kind == 't') line.emplace_back(row.text(i));
      else line.emplace_back(to_base64(row.bytes(i)));
    }
    write_line(line);
    ++rows;
  });
  out.flush();
  if (!out) throw io::FileError(file_of(folder, table), "cannot be written", ENOSPC);
  return {{"name", table.name}, {"rows", rows}, {"sha256", to_hex(hasher.finish())}};
}

[[noreturn]] void refuse(const std::string& what, const std::string& remedy) {
  throw Rejected(Code::malformed, "", {"备份不能恢复：" + what, "The backup cannot be restored: " + what}, {remedy, remedy});
}

/// Of everything else that the manifest says, as it is written.
std::string digest_of(json::object manifest) {
  if (manifest.contains("sha256")) manifest.stable_erase(manifest.find("sha256"));
  return to_hex(crypto::sha256(as_bytes(json::serialize(manifest))));
}

json::object read_manifest(const std::string& folder) {
  const auto path = std::filesystem::path(folder) / "manifest.json";
  if (!io::file_exists(path)) refuse(folder + " has no manifest.json", "choose a folder that `jingwei backup` finished");
  const json::value manifest = parse_json(io::read_file(path));
  const auto* object = manifest.if_object();
  if (object == nullptr || !object->contains("format") || object->at("format") != json::value(kFormat))
    refuse("the manifest has another format", "restore it with the program that made it");
  return *object;
}

/// Member texts of a manifest's table; refuses anything else than a name that this program writes.
std::pair<std::string, std::string> name_and_digest(const json::value& item) {
  const auto* object = item.if_object();
  const auto* name = object != nullptr && object->contains("name") ? object->at("name").if_string() : nullptr;
  const auto* digest = object != nullptr && object->contains("sha256") ? object->at("sha256").if_string() : nullptr;
  const bool known = name != nullptr && std::ranges::any_of(tables(), [&](const Table& table) { return table.name == std::string_view(*name); });
  if (!known || digest == nullptr) refuse("the manifest names something that is no table", "take another copy of the backup");
  return {std::string(*name), std::string(*digest)};
}

/// Returns the migration that the backup was made at.
std::int64_t check_files(const json::object& manifest, const std::string& folder) {
  const auto* written = manifest.contains("schema") ? manifest.at("schema").if_int64() : nullptr;
  const std::int64_t schema = written != nullptr ? *written : 1;
  if (schema > newest_schema()) refuse("a newer program made it", "restore it with the program that made it");
  const bool sealed = manifest.contains("sha256");
  if (sealed ? manifest.at("sha256") != json::value(digest_of(manifest)) : schema >= kManifestDigestSince)
    refuse("the manifest differs from what was written", "take another copy of the backup");
  const auto* listed = manifest.contains("tables") ? manifest.at("tables").if_array() : nullptr;
  const auto expected = std::ranges::count_if(tables(), [&](const Table& table) { return table.since <= schema; });
  if (listed == nullptr || static_cast<std::ptrdiff_t>(listed->size()) != expected) refuse("the manifest does not list every table", "take another copy of the backup");
  for (const auto& item : *listed) {
    const auto [name, digest] = name_and_digest(item);
    const std::string content = io::read_file(std::filesystem::path(folder) / (name + ".jsonl"), 1ULL << 40);
    if (to_hex(crypto::sha256(as_bytes(content))) != digest)
      refuse(name + ".jsonl differs from what was backed up", "take another copy of the backup");
  }
  return schema;
}

std::int64_t load_table(Connection& connection, const Table& table, const std::string& folder) {
  std::ifstream in(file_of(folder, table), std::ios::binary);
  std::string line;
  std::getline(in, line);  // column names
  std::string places;
  for (std::size_t i = 1; i <= table.columns.size(); ++i) places += (places.empty() ? "$" : ", $") + std::to_string(i);
  const std::string insert = "INSERT INTO " + table.name + " (" + column_list(table) + ") VALUES (" + places + ")";
  std::int64_t rows = 0;
  while (std::getline(in, line)) {
    const json::value parsed = parse_json(line);
    const json::array& cells = parsed.as_array();
    if (cells.size() != table.columns.size()) refuse(table.name + ".jsonl has another number of columns", "restore it with the program that made it");
    std::vector<Bytes> blobs(cells.size());
    std::vector<Param> params;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (table.columns[i].kind == 'i') {
        params.emplace_back(cells[i].as_int64());
      } else if (table.columns[i].kind == 't') {
        params.emplace_back(std::string_view(cells[i].as_string()));
      } else {
        blobs[i] = from_base64(cells[i].as_string()).value_or(Bytes{});
        params.emplace_back(ByteView(blobs[i]));
      }
    }
    connection.execute(insert, params);
    ++rows;
  }
  return rows;
}

}  // namespace

BackupReport backup(const Database& database, const std::string& folder, Timestamp now) {
  if (io::file_exists(std::filesystem::path(folder) / "manifest.json"))
    throw Rejected(Code::conflict, "to", {"该目录里已有一份备份", "this folder already holds a backup"}, {"换一个新目录", "choose a new folder"});
  io::make_folders(folder);
  const auto connection = database.connect(true);
  connection->begin_snapshot();
  BackupReport report;
  report.feed_seq = connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  report.leaf_count = connection->query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
  json::array dumped;
  for (const auto& table : tables()) {
    dumped.push_back(dump_table(*connection, table, folder));
    report.rows += dumped.back().at("rows").as_int64();
  }
  connection->run("COMMIT");
  json::object manifest = {{"format", kFormat},
                                 {"made_at", to_rfc3339(now)},
                                 {"feed_seq", report.feed_seq},
                                 {"leaf_count", report.leaf_count},
                                 {"schema", newest_schema()},
                                 {"tables", dumped}};
  manifest["sha256"] = digest_of(manifest);
  io::write_file_atomically(std::filesystem::path(folder) / "manifest.json", json::serialize(manifest) + "\n");
  return report;
}

BackupReport restore(const Database& database, const std::string& folder) {
  const json::object manifest = read_manifest(folder);
  const std::int64_t schema = check_files(manifest, folder);
  const auto connection = database.connect();
  connection->begin_write();
  try {
    if (connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0) != 0)
      throw Rejected(Code::conflict, "", {"目标数据库不是空的", "the database is not empty"}, {"恢复到一个新的数据目录或空库", "restore into a new data folder or an empty database"});
    connection->run("DELETE FROM heads");
    BackupReport report;
    for (const auto& table : tables())
      if (table.since <= schema) report.rows += load_table(*connection, table, folder);
    report.feed_seq = connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
    report.leaf_count = connection->query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0);
    connection->run("COMMIT");
    return report;
  } catch (...) {
    connection->run("ROLLBACK");
    throw;
  }
}

}  // namespace jingwei::store
