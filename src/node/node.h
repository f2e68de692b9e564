// The node: configuration, wiring, start and stop. Only this module knows all others.
//
// A data folder holds
//   node.toml      region, origin, titles, store, time of the nightly round; written by `jingwei init`
//   keys/node.key  seed of the Ed25519 key that signs statements and the log (hexadecimal, mode 0600)
//   jingwei.db     SQLite, unless node.toml names a PostgreSQL
//   files/         attachments by their SHA-256; replicas share it
//   log/           the evidence log in the layout of C2SP tlog-tiles
//   match.index    saved match index; may be deleted
//   meanings.vectors  vectors of a model of meaning, when node.toml names one; may be deleted, but was paid for
//   analytics.duckdb  read model for SQL; may be deleted
//   lock           held while a process serves or changes the folder
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "api/api.h"

namespace jingwei::node {

struct Settings {
  std::string region;    ///< GB/T 2260 code
  std::string origin;    ///< name of node and log: host and path without scheme, "jingwei.example/330400"
  std::string title_zh;
  std::string title_en;
  std::string store;     ///< empty: SQLite in the data folder; else postgresql://…
  std::string round_at = "02:30";  ///< when everybody is matched with everybody, Asia/Shanghai; "off": not by this replica
};

/// Reads and checks node.toml. Throws Rejected{invalid} with a plain sentence when the folder is no node.
Settings read_settings(const std::filesystem::path& data);

/// Where the program's own files are: registers, dictionaries, lexicon, web app.
std::filesystem::path program_folder();

/// Makes a new node in an empty or absent folder: settings, key, database, empty log, first administrator.
/// Returns the administrator's one-time link ("/signin#link=…").
std::string init(const std::filesystem::path& data, const Settings& settings, const std::string& login, const std::string& name);

/// The folder of attachments.
inline attachments::Files files_of_node(const std::filesystem::path& data) { return attachments::Files(data / "files"); }

struct ServeOptions {
  std::filesystem::path data;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;
  int io_threads = 0;
  std::string store;  ///< overrides node.toml
  std::size_t batch_commands_max = store::kBatchCommandsMax;  ///< commands in one commit; 1 is what group commit is measured against
};

/// A running node. The constructor returns when it serves; the destructor stops it in order.
class Node {
 public:
  explicit Node(const ServeOptions& options);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  std::uint16_t port() const;
  const api::NodeFacts& facts() const;
  /// A one-time link for the first administrator that leaves a password as it is.
  std::string administrator_link();
  /// Runs a round now and waits for its end; throws Rejected{wrong_state} while another one runs.
  digest::Round run_round(const std::function<void(const digest::Round&)>& progress);
  /// The OpenAPI document of its routes.
  const std::string& openapi() const;
  api::Services& services();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// What `jingwei check` found; empty: all invariants hold.
struct CheckReport {
  std::int64_t entries = 0;
  std::int64_t statements = 0;
  std::int64_t deals = 0;
  std::vector<std::string> problems;
};
CheckReport check(const std::filesystem::path& data, const std::string& store_override);

/// Opens the database that settings and override name.
std::unique_ptr<store::Database> open_database(const std::filesystem::path& data, const Settings& settings, const std::string& store_override, bool create);
crypto::KeyPair read_key(const std::filesystem::path& data);

/// The command line; returns the exit code.
int run_command_line(int argc, char** argv);

}  // namespace jingwei::node
