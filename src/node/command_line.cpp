// The command line: one function a verb. Refusals are one plain sentence on stderr, in Chinese when LANG asks for it.
#include <CLI/CLI.hpp>
#include <csignal>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <iostream>

#include "http/http.h"
#include "io/file.h"
#include "match/eval.h"
#include "node/internal/remote_log.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

constexpr int kOk = 0;
constexpr int kRefused = 1;   ///< the input or state was wrong; a sentence says how to mend it
constexpr int kNegative = 3;  ///< a check ran and says no

bool speaks_chinese() {
  const char* language = std::getenv("LANG");
  return language != nullptr && std::string_view(language).starts_with("zh");
}

std::string sentence(const Bilingual& text) { return speaks_chinese() ? text.zh : text.en; }

/// Waits for SIGINT or SIGTERM. Blocked before any thread starts, so that only this wait takes them.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_;
};

int serve(const ServeOptions& options, bool print_link) {
  StopSignal stop;
  Node node(options);
  const std::string address = fmt::format("http://{}:{}", options.address, node.port());
  std::cout << (speaks_chinese() ? "经纬已启动：" : "Jingwei serves at ") << address << "\n";
  if (print_link) std::cout << (speaks_chinese() ? "一次性登录链接（管理员，24 小时内有效）：" : "One-time sign-in link (administrator, valid 24 h): ") << address << node.administrator_link() << "\n";
  std::cout << std::flush;
  stop.wait();
  return kOk;
}

int print_check(const CheckReport& report) {
  std::cout << fmt::format("{} entries, {} deals, {} statements: ", report.entries, report.deals, report.statements);
  if (report.problems.empty()) {
    std::cout << "all invariants hold\n";
    return kOk;
  }
  std::cout << report.problems.size() << " problems\n";
  for (const auto& problem : report.problems) std::cout << "  " << problem << "\n";
  return kNegative;
}

std::vector<tlog::VerifierKey> keys_of(const std::vector<std::string>& texts) {
  std::vector<tlog::VerifierKey> keys;
  for (const auto& text : texts) keys.push_back(tlog::parse_vkey(text));
  return keys;
}

int verify_receipt_file(const std::string& file, const std::vector<std::string>& vkeys) {
  const auto verdict = evidence::verify_receipt(io::read_file(file, evidence::kReceiptBytesMax), {keys_of(vkeys), {}, 0});
  for (const auto& check : verdict.checks) std::cout << (check.passed ? "ok    " : "FAIL  ") << sentence(check.name) << ": " << sentence(check.detail) << "\n";
  if (verdict.statement) std::cout << fmt::format("      {} {} {}\n", verdict.statement->at, verdict.statement->kind, verdict.statement->subject);
  std::cout << (verdict.valid ? "valid\n" : "NOT VALID\n");
  return verdict.valid ? kOk : kNegative;
}

int print_log_report(const tlog::LogReport& report) {
  for (const auto& problem : report.problems) std::cout << "FAIL  " << sentence(problem) << "\n";
  std::cout << fmt::format("{}: size {}, root {}, {} entries and {} tiles checked: {}\n", report.checkpoint.origin, report.checkpoint.size, to_base64(report.checkpoint.root), report.entries, report.tiles,
                           report.passed() ? "consistent" : "BROKEN");
  return report.passed() ? kOk : kNegative;
}

int verify_log_folder(const std::string& folder, const std::string& vkey) {
  io::DiskFolder files(folder);
  tlog::FolderReader reader(files);
  return print_log_report(tlog::verify_log(reader, tlog::parse_vkey(vkey)));
}

std::string make_token(const std::string& data, const std::string& store, const std::string& login, int days) {
  const Settings settings = read_settings(data);
  const io::FolderLock lock(std::filesystem::path(data) / "lock");
  const auto database = open_database(data, settings, store, false);
  io::SystemClock clock;
  io::SystemRandom random;
  store::FeedSignal signal;
  store::Writer writer(*database, clock, random, signal);
  const identity::Accounts accounts{crypto::PasswordHasher()};
  return writer.run([&](store::Transaction& tx) {
    identity::Actor actor = identity::node_operator();
    actor.account_id = tx.query_text("SELECT id FROM accounts WHERE login = $1", {login}).value_or("");
    if (actor.account_id.empty()) throw Rejected(Code::not_found, {"没有这个账号：" + login, "There is no account " + login});
    const std::string last_day = shanghai_date({tx.now().us + days * kMicrosPerDay});
    return accounts.create_api_token(tx, actor, {"command line", {identity::TokenScope::write}, last_day}).token;
  });
}

/// What every verb that opens a node asks for.
struct Place {
  std::string data = "data";
  std::string store;
  void add_to(CLI::App& verb) {
    verb.add_option("--data", data, "data folder of the node")->capture_default_str();
    verb.add_option("--store", store, "postgresql://… instead of what node.toml says");
  }
};

}  // namespace

static int run_verb(int argc, char** argv);

int run_command_line(int argc, char** argv) {
  // Logs go to stderr: stdout is for what a verb answers.
  spdlog::set_default_logger(spdlog::stderr_color_mt("jingwei"));
  try {
    return run_verb(argc, argv);
  } catch (const Rejected& rejected) {
    std::cerr << "jingwei: " << sentence(rejected.message()) << "\n";
    for (const auto& problem : rejected.problems()) std::cerr << "  " << (problem.row ? std::to_string(*problem.row) + ": " : "") << problem.field << ": " << sentence(problem.reason) << "; " << sentence(problem.remedy) << "\n";
    return kRefused;
  } catch (const http::PortBusy& busy) {
    std::cerr << "jingwei: " << sentence({fmt::format("端口 {} 已被占用；换一个：--port {}", busy.port(), busy.port() + 1), fmt::format("port {} is in use; choose another: --port {}", busy.port(), busy.port() + 1)}) << "\n";
    return kRefused;
  } catch (const std::exception& failed) {
    std::cerr << "jingwei: " << failed.what() << "\n";
    return kRefused;
  }
}

static int run_verb(int argc, char** argv) {
  CLI::App app("Jingwei 经纬: a node that joins the innovation, industry, capital and talent chains of a region");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("jingwei ") + JINGWEI_VERSION);
  Place place;

  auto* init_verb = app.add_subcommand("init", "make a new node in an empty folder");
  Settings settings{"330400", "jingwei.local/330400", "嘉兴四链协同", "Jiaxing four chains", ""};
  std::string login = "admin";
  std::string name = "管理员";
  init_verb->add_option("--data", place.data, "folder to make")->capture_default_str();
  init_verb->add_option("--store", settings.store, "postgresql://… ; SQLite in the folder when absent");
  init_verb->add_option("--region", settings.region, "GB/T 2260 code")->capture_default_str();
  init_verb->add_option("--origin", settings.origin, "name of node and log, host/path without scheme")->capture_default_str();
  init_verb->add_option("--title-zh", settings.title_zh)->capture_default_str();
  init_verb->add_option("--title-en", settings.title_en)->capture_default_str();
  init_verb->add_option("--login", login, "login of the first administrator")->capture_default_str();
  init_verb->add_option("--name", name, "name of the first administrator")->capture_default_str();

  auto* serve_verb = app.add_subcommand("serve", "serve a node");
  ServeOptions options;
  bool print_link = false;
  place.add_to(*serve_verb);
  serve_verb->add_option("--address", options.address)->capture_default_str();
  serve_verb->add_option("--port", options.port, "0: any free one")->capture_default_str();
  serve_verb->add_option("--io-threads", options.io_threads, "0: as many as the machine has")->capture_default_str()->check(CLI::Range(0, 256));
  serve_verb->add_flag("--link", print_link, "print a one-time sign-in link for the first administrator");

  auto* backup_verb = app.add_subcommand("backup", "write a backup of the database into a new folder; the node may go on running");
  std::string target;
  place.add_to(*backup_verb);
  backup_verb->add_option("--to", target, "new folder")->required();

  auto* restore_verb = app.add_subcommand("restore", "restore a backup into a node's empty database");
  std::string source;
  place.add_to(*restore_verb);
  restore_verb->add_option("--from", source, "folder made by backup")->required();

  auto* check_verb = app.add_subcommand("check", "check all invariants, and the log against the database");
  place.add_to(*check_verb);

  auto* token_verb = app.add_subcommand("token", "print a new API token of an account; the node must not be running");
  std::string token_login = "admin";
  int token_days = 1;
  place.add_to(*token_verb);
  token_verb->add_option("--login", token_login)->capture_default_str();
  token_verb->add_option("--days", token_days, "days until it expires")->capture_default_str()->check(CLI::Range(1, 366));

  auto* openapi_verb = app.add_subcommand("openapi", "print the OpenAPI document of a node");
  place.add_to(*openapi_verb);

  auto* eval_verb = app.add_subcommand("eval", "measure")->require_subcommand(1);
  auto* eval_match_verb = eval_verb->add_subcommand("match", "measure the matching engine on judged needs");
  match::EvalRequest eval;
  eval_match_verb->add_option("--supplies", eval.supplies)->required();
  eval_match_verb->add_option("--needs", eval.needs)->required();
  eval_match_verb->add_option("--top", eval.top)->capture_default_str();
  eval_match_verb->add_option("--out", eval.run, "TREC run file to write")->required();
  eval_match_verb->add_flag("--text-only", eval.text_only, "title and text alone");

  std::string receipt_file;
  std::vector<std::string> vkeys;
  auto* receipt_verb = app.add_subcommand("receipt", "receipts")->require_subcommand(1);
  auto* receipt_verify_verb = receipt_verb->add_subcommand("verify", "check a receipt offline");
  receipt_verify_verb->add_option("FILE", receipt_file)->required();
  receipt_verify_verb->add_option("--vkey", vkeys, "key of the log, name+id+key; may be given several times")->required();

  std::string log_place;
  std::string log_vkey;
  auto* log_verb = app.add_subcommand("log", "the evidence log")->require_subcommand(1);
  auto* log_verify_verb = log_verb->add_subcommand("verify", "recompute a whole log from its entries");
  log_verify_verb->add_option("PLACE", log_place, "folder or http:// address of a log")->required();
  log_verify_verb->add_option("--vkey", log_vkey)->required();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong);
  }

  if (*init_verb) {
    std::cout << init(place.data, settings, login, name) << "\n";
    return kOk;
  }
  if (*serve_verb) {
    options.data = place.data;
    options.store = place.store;
    return serve(options, print_link);
  }
  if (*backup_verb) {
    io::SystemClock clock;
    const auto report = store::backup(*open_database(place.data, read_settings(place.data), place.store, false), target, clock.now());
    std::cout << fmt::format("{} rows up to feed {} and leaf {} in {}\nKeep keys/node.key and node.toml with it: without the key nobody can go on with this log.\n", report.rows, report.feed_seq, report.leaf_count, target);
    return kOk;
  }
  if (*restore_verb) {
    const Settings node = read_settings(place.data);
    const io::FolderLock lock(std::filesystem::path(place.data) / "lock");
    const auto report = store::restore(*open_database(place.data, node, place.store, true), source);
    std::cout << fmt::format("{} rows restored up to feed {} and leaf {}\n", report.rows, report.feed_seq, report.leaf_count);
    return kOk;
  }
  if (*check_verb) return print_check(check(place.data, place.store));
  if (*token_verb) {
    std::cout << make_token(place.data, place.store, token_login, token_days) << "\n";
    return kOk;
  }
  if (*openapi_verb) {
    options.data = place.data;
    options.store = place.store;
    options.port = 0;
    Node node(options);
    std::cout << node.openapi();
    return kOk;
  }
  if (*eval_match_verb) {
    std::cout << json::serialize(to_json(match::evaluate(match::Files::below(program_folder()), eval))) << "\n";
    return kOk;
  }
  if (*receipt_verify_verb) return verify_receipt_file(receipt_file, vkeys);
  return log_place.starts_with("http://") ? print_log_report(verify_remote_log(log_place, tlog::parse_vkey(log_vkey))) : verify_log_folder(log_place, log_vkey);
}

}  // namespace jingwei::node
