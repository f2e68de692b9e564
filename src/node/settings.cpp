// node.toml, the key, and making a new node.
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include <cstdlib>

#include "base/text.h"
#include "io/file.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kKeyFileBytesMax = 200;

[[noreturn]] void refuse(const std::string& zh, const std::string& en) { throw Rejected(Code::invalid, {zh, en}); }

bool is_origin(const std::string& origin) {
  return !origin.empty() && origin.size() <= 200 && origin.find("://") == std::string::npos && !origin.ends_with('/') &&
         origin.find_first_of(" +\t\n\"\\") == std::string::npos;
}

void check_settings(const Settings& settings, const std::string& where) {
  const Regions regions(io::read_file(program_folder() / "registers/code-lists/regions.csv"));
  if (regions.find(settings.region) == nullptr) refuse(where + "：不认识区划代码 " + settings.region, where + ": unknown region code " + settings.region);
  if (!is_origin(settings.origin))
    refuse(where + "：origin 应形如 jingwei.example/330400", where + ": origin must look like jingwei.example/330400 (no scheme, no spaces)");
  if (!settings.store.empty() && !settings.store.starts_with("postgresql://") && !settings.store.starts_with("postgres://"))
    refuse(where + "：store 应以 postgresql:// 开头", where + ": store must begin with postgresql://");
  try {
    (void)digest::parse_time_of_day(settings.round_at);
  } catch (const Rejected& wrong) {
    refuse(where + "：" + wrong.message().zh, where + ": " + wrong.message().en);
  }
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::filesystem::path program_folder() {
  const char* folder = std::getenv("JINGWEI_HOME");
  return folder != nullptr ? folder : JINGWEI_SOURCE;
}

Settings read_settings(const std::filesystem::path& data) {
  const auto path = data / "node.toml";
  if (!io::file_exists(path))
    refuse(data.string() + " 不是经纬节点的数据目录（没有 node.toml）；先运行 jingwei init --data " + data.string(),
           data.string() + " is not the data folder of a node (no node.toml); run jingwei init --data " + data.string() + " first");
  Settings settings;
  try {
    const toml::table table = toml::parse(io::read_file(path, 1 << 20));
    for (const auto& [key, value] : table) {
      if (key.str() == "embeddings" || key.str() == "chat") continue;  // read_model_settings() reads them, when the node starts
      std::string* target = key == "region"     ? &settings.region
                            : key == "origin"   ? &settings.origin
                            : key == "title_zh" ? &settings.title_zh
                            : key == "title_en" ? &settings.title_en
                            : key == "store"    ? &settings.store
                            : key == "round_at" ? &settings.round_at
                                                : nullptr;
      if (target == nullptr || !value.is_string())
        refuse("node.toml：不认识 " + std::string(key.str()), "node.toml: unknown or wrong setting " + std::string(key.str()));
      *target = value.as_string()->get();
    }
  } catch (const toml::parse_error& broken) {
    refuse("node.toml 写法有误：" + std::string(broken.description()), "node.toml cannot be read: " + std::string(broken.description()));
  }
  check_settings(settings, "node.toml");
  return settings;
}

crypto::KeyPair read_key(const std::filesystem::path& data) {
  const std::string text = io::read_file(data / "keys/node.key", kKeyFileBytesMax);
  const auto bytes = from_hex(trim(text));
  crypto::Seed seed;
  if (!bytes || bytes->size() != seed.size()) refuse("keys/node.key 已损坏；从备份中恢复它", "keys/node.key is damaged; restore it from your backup");
  std::copy(bytes->begin(), bytes->end(), seed.begin());
  return crypto::KeyPair::from_seed(seed);
}

std::unique_ptr<store::Database> open_database(const std::filesystem::path& data, const Settings& settings, const std::string& store_override, bool create) {
  store::DatabaseOptions options;
  options.postgresql_url = store_override.empty() ? settings.store : store_override;
  options.sqlite_path = (data / "jingwei.db").string();
  options.create = create;
  io::SystemClock clock;
  return std::make_unique<store::Database>(options, clock.now());
}

std::string init(const std::filesystem::path& data, const Settings& settings, const std::string& login, const std::string& name) {
  check_settings(settings, "init");
  std::error_code ignored;
  if (io::file_exists(data / "node.toml")) refuse(data.string() + " 里已有一个节点", data.string() + " already holds a node");
  if (io::file_exists(data) && !std::filesystem::is_empty(data, ignored))
    refuse(data.string() + " 不是空目录", data.string() + " is not empty; choose a new folder");
  io::make_folders(data / "keys");
  io::make_folders(data / "log");
  io::SystemClock clock;
  io::SystemRandom random;
  const io::FolderLock lock(data / "lock");

  const crypto::KeyPair key = crypto::KeyPair::generate(random);
  io::write_file_atomically(data / "keys/node.key", to_hex(key.seed()) + "\n", 0600);
  const auto database = open_database(data, settings, "", true);
  io::DiskFolder log_folder(data / "log");
  tlog::TileLog::create(log_folder, settings.origin, key);

  store::FeedSignal signal;
  store::Writer writer(*database, clock, random, signal);
  const identity::Accounts accounts{crypto::PasswordHasher()};
  const std::string vkey = tlog::format_vkey(tlog::make_verifier_key(settings.origin, tlog::KeyType::ed25519, key.public_key()));
  const auto link = writer.run([&](store::Transaction& tx) {
    tx.execute("INSERT INTO meta (name, value) VALUES ('vkey', $1)", {vkey});
    const auto account = accounts.create_first_administrator(tx, login, name);
    return accounts.make_link(tx, identity::node_operator(), account.id);
  });
  writer.stop();
  // node.toml makes the folder a node; written last, so that a half-made folder is never taken for one.
  const std::string toml = "# A Jingwei node. The region it serves, its name in the evidence log, its titles, its database; when everybody is matched with\n"
                           "# everybody (Asia/Shanghai; \"off\": another replica does it).\n"
                           "region = " + quoted(settings.region) + "\norigin = " + quoted(settings.origin) + "\ntitle_zh = " + quoted(settings.title_zh) +
                           "\ntitle_en = " + quoted(settings.title_en) + "\n" + (settings.store.empty() ? "" : "store = " + quoted(settings.store) + "\n") +
                           "round_at = " + quoted(settings.round_at) + "\n";
  io::write_file_atomically(data / "node.toml", toml, settings.store.empty() ? 0644 : 0600);
  return "/signin#link=" + link.token;
}

}  // namespace jingwei::node
