// The command line: one function a verb. Refusals are one plain sentence on stderr, in Chinese when LANG asks for it.
#include <CLI/CLI.hpp>
#include <csignal>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <iostream>

#include "http/http.h"
#include "io/file.h"
#include "match/eval.h"
#include "match/lint.h"
#include "node/internal/feedback_export.h"
#include "node/internal/plan_reading.h"
#include "node/internal/remote_log.h"
#include "node/internal/verbs.h"
#include "node/node.h"

namespace jingwei::node {
namespace {

bool speaks_chinese() {
  const char* language = std::getenv("LANG");
  return language != nullptr && std::string_view(language).starts_with("zh");
}

}  // namespace

std::string sentence(const Bilingual& text) { return speaks_chinese() ? text.zh : text.en; }

std::shared_ptr<Place> ask_place(CLI::App& verb) {
  auto place = std::make_shared<Place>();
  verb.add_option("--data", place->data, "data folder of the node")->capture_default_str();
  verb.add_option("--store", place->store, "postgresql://… instead of what node.toml says");
  return place;
}

namespace {

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
  if (print_link)
    std::cout << (speaks_chinese() ? "一次性登录链接（管理员，24 小时内有效）：" : "One-time sign-in link (administrator, valid 24 h): ") << address
              << node.administrator_link() << "\n";
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
  std::cout << fmt::format("{}: size {}, root {}, {} entries and {} tiles checked: {}\n", report.checkpoint.origin, report.checkpoint.size,
                           to_base64(report.checkpoint.root), report.entries, report.tiles, report.passed() ? "consistent" : "BROKEN");
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

void add_init(CLI::App& app, Chosen& chosen) {
  struct Asked {
    std::string data = "data";
    Settings settings{"330400", "jingwei.local/330400", "嘉兴四链协同", "Jiaxing four chains", "", "02:30"};
    std::string login = "admin";
    std::string name = "管理员";
  };
  auto asked = std::make_shared<Asked>();
  auto* verb = app.add_subcommand("init", "make a new node in an empty folder");
  verb->add_option("--data", asked->data, "folder to make")->capture_default_str();
  verb->add_option("--store", asked->settings.store, "postgresql://… ; SQLite in the folder when absent");
  verb->add_option("--region", asked->settings.region, "GB/T 2260 code")->capture_default_str();
  verb->add_option("--origin", asked->settings.origin, "name of node and log, host/path without scheme")->capture_default_str();
  verb->add_option("--title-zh", asked->settings.title_zh)->capture_default_str();
  verb->add_option("--title-en", asked->settings.title_en)->capture_default_str();
  verb->add_option("--login", asked->login, "login of the first administrator")->capture_default_str();
  verb->add_option("--name", asked->name, "name of the first administrator")->capture_default_str();
  verb->add_option("--round-at", asked->settings.round_at, "when needs and supplies are matched every night, Asia/Shanghai; off: never by this replica")
      ->capture_default_str();
  verb->callback([asked, &chosen] {
    chosen = [asked] {
      std::cout << init(asked->data, asked->settings, asked->login, asked->name) << "\n";
      return kOk;
    };
  });
}

void add_serve(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("serve", "serve a node");
  auto place = ask_place(*verb);
  auto options = std::make_shared<ServeOptions>();
  auto link = std::make_shared<bool>(false);
  verb->add_option("--address", options->address)->capture_default_str();
  verb->add_option("--port", options->port, "0: any free one")->capture_default_str();
  verb->add_option("--io-threads", options->io_threads, "0: as many as the machine has")->capture_default_str()->check(CLI::Range(0, 256));
  verb->add_option("--batch-commands", options->batch_commands_max, "commands in one commit at most; 1 measures what group commit gains")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, store::kBatchCommandsMax));
  verb->add_flag("--link", *link, "print a one-time sign-in link for the first administrator");
  verb->callback([=, &chosen] {
    chosen = [=] {
      options->data = place->data;
      options->store = place->store;
      return serve(*options, *link);
    };
  });
}

void add_backup(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("backup", "write a backup of the database into a new folder; the node may go on running");
  auto place = ask_place(*verb);
  auto target = std::make_shared<std::string>();
  verb->add_option("--to", *target, "new folder")->required();
  verb->callback([=, &chosen] {
    chosen = [=] {
      io::SystemClock clock;
      const auto database = open_database(place->data, read_settings(place->data), place->store, false);
      const auto report = store::backup(*database, *target, clock.now());
      const attachments::Files copies(std::filesystem::path(*target) / "files");
      const auto files = attachments::copy_files(attachments::digests(*database->connect(true)), files_of_node(place->data), copies);
      std::cout << fmt::format("{} rows up to feed {} and leaf {}, {} files in {}\n", report.rows, report.feed_seq, report.leaf_count, files, *target)
                << "Keep keys/node.key and node.toml with it: without the key nobody can go on with this log.\n";
      return kOk;
    };
  });
}

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("restore", "restore a backup into a node's empty database");
  auto place = ask_place(*verb);
  auto source = std::make_shared<std::string>();
  verb->add_option("--from", *source, "folder made by backup")->required();
  verb->callback([=, &chosen] {
    chosen = [=] {
      const Settings node = read_settings(place->data);
      const io::FolderLock lock(std::filesystem::path(place->data) / "lock");
      const auto database = open_database(place->data, node, place->store, true);
      const auto report = store::restore(*database, *source);
      // After the rows, which say what there must be; a file that fails here can be copied by restoring the folder by hand and checking.
      const attachments::Files copies(std::filesystem::path(*source) / "files");
      const auto files = attachments::copy_files(attachments::digests(*database->connect(true)), copies, files_of_node(place->data));
      std::cout << fmt::format("{} rows restored up to feed {} and leaf {}, {} files\n", report.rows, report.feed_seq, report.leaf_count, files);
      return kOk;
    };
  });
}

void add_check_and_openapi(CLI::App& app, Chosen& chosen) {
  auto* check_verb = app.add_subcommand("check", "check all invariants, and the log against the database");
  auto checked = ask_place(*check_verb);
  check_verb->callback([=, &chosen] { chosen = [=] { return print_check(check(checked->data, checked->store)); }; });

  auto* openapi_verb = app.add_subcommand("openapi", "print the OpenAPI document of a node");
  auto place = ask_place(*openapi_verb);
  openapi_verb->callback([=, &chosen] {
    chosen = [=] {
      ServeOptions options;
      options.data = place->data;
      options.store = place->store;
      options.port = 0;
      Node node(options);
      std::cout << node.openapi();
      return kOk;
    };
  });
}

void add_token(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("token", "print a new API token of an account; the node must not be running");
  auto place = ask_place(*verb);
  auto login = std::make_shared<std::string>("admin");
  auto days = std::make_shared<int>(1);
  verb->add_option("--login", *login)->capture_default_str();
  verb->add_option("--days", *days, "days until it expires")->capture_default_str()->check(CLI::Range(1, 366));
  verb->callback([=, &chosen] {
    chosen = [=] {
      std::cout << make_token(place->data, place->store, *login, *days) << "\n";
      return kOk;
    };
  });
}

void add_eval(CLI::App& app, Chosen& chosen) {
  auto* eval = app.add_subcommand("eval", "measure")->require_subcommand(1);
  auto* verb = eval->add_subcommand("match", "measure the matching engine on judged needs");
  auto request = std::make_shared<match::EvalRequest>();
  verb->add_option("--supplies", request->supplies)->required();
  verb->add_option("--needs", request->needs)->required();
  verb->add_option("--top", request->top)->capture_default_str();
  verb->add_option("--out", request->run, "TREC run file to write")->required();
  verb->add_flag("--text-only", request->text_only, "title and text alone");
  verb->callback([=, &chosen] {
    chosen = [=] {
      std::cout << json::serialize(to_json(match::evaluate(match::Files::below(program_folder()), *request))) << "\n";
      return kOk;
    };
  });
  auto* fit = eval->add_subcommand("fit", "fit the shares of the score and its calibration on judged needs, measured on those held out");
  auto fitting = std::make_shared<match::FitRequest>();
  fit->add_option("--supplies", fitting->supplies)->required();
  fit->add_option("--needs", fitting->needs)->required();
  fit->add_option("--out", fitting->out, "weights file to write; what the node uses stays as it is")->required();
  fit->add_option("--folds", fitting->folds)->capture_default_str()->check(CLI::Range(2, 100));
  fit->add_option("--ridge", fitting->ridge, "how strongly the present shares hold")->capture_default_str()->check(CLI::Range(0.0, 1000.0));
  fit->add_flag("--text-only", fitting->text_only, "title and text alone");
  fit->callback([=, &chosen] {
    chosen = [=] {
      std::cout << json::serialize(to_json(match::fit(match::Files::below(program_folder()), *fitting))) << "\n";
      return kOk;
    };
  });
}

void add_feedback(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("feedback", "what owners of needs said of supplies")->require_subcommand(1)->add_subcommand(
      "export", "write it as judged needs and supplies that `jingwei eval match` reads; the node may go on running");
  auto place = ask_place(*verb);
  auto folder = std::make_shared<std::string>();
  verb->add_option("--out", *folder, "folder for supplies.jsonl, needs.jsonl and splits.jsonl")->required();
  verb->callback([=, &chosen] {
    chosen = [=] {
      const auto exported = export_feedback(place->data, place->store, *folder);
      std::cout << fmt::format("{} supplies, {} needs with {} judgments and {} splits in {}\n", exported.supplies, exported.needs, exported.judgments,
                               exported.splits, *folder);
      return kOk;
    };
  });
}

int print_lexicon_report(const match::LexiconReport& report) {
  for (const auto& fault : report.faults) std::cerr << fault.field << ": " << sentence(fault.reason) << "; " << sentence(fault.remedy) << "\n";
  for (const auto& name : report.wide)
    std::cerr << name.where << ": "
              << sentence({fmt::format("“{}”出现在 {:.0f} % 的文字里，什么也区分不了；换一个更具体的词", name.name, 100 * name.share),
                           fmt::format("\"{}\" stands in {:.0f} % of the texts and tells nothing apart; use a more specific word", name.name, 100 * name.share)})
              << "\n";
  for (const auto& [segment, relations] : report.by_segment) std::cout << fmt::format("{:24} {:6} relations\n", segment, relations);
  std::cout << fmt::format("{} terms, {} names, {} relations, {} phrases, {} symptoms without an answer, {} faults, {} too wide\n", report.terms, report.names,
                           report.relations, report.phrases, report.unanswered, report.faults.size(), report.wide.size());
  return report.faults.empty() && report.wide.empty() ? kOk : kRefused;
}

void add_lexicon(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("lexicon", "words of the trades")->require_subcommand(1)->add_subcommand("check", "check a folder of lexicon files");
  auto folder = std::make_shared<std::filesystem::path>(match::Files::below(program_folder()).lexicon_folder);
  auto texts = std::make_shared<std::vector<std::filesystem::path>>();
  verb->add_option("FOLDER", *folder)->capture_default_str();
  verb->add_option("--texts", *texts, "files with one text a line, to find names that stand in too many of them");
  verb->callback([=, &chosen] { chosen = [=] { return print_lexicon_report(match::check_lexicon(*folder, *texts)); }; });
}

void add_plan(CLI::App& app, Chosen& chosen) {
  auto* verb = app.add_subcommand("plan", "plans of the region")->require_subcommand(1)->add_subcommand("read", "read measures, units, promises and indicators from a .txt, .docx or .pdf file");
  auto request = std::make_shared<PlanReadingRequest>();
  verb->add_option("FILE", request->file)->required();
  verb->add_option("--since", request->since, "an older version: say what has changed since");
  verb->add_flag("--json", request->as_json, "the text as read, the draft with the place of every item, and the changes");
  verb->callback([=, &chosen] {
    chosen = [=] {
      std::cout << plan_reading(*request, speaks_chinese());
      return kOk;
    };
  });
}

void add_verify(CLI::App& app, Chosen& chosen) {
  auto file = std::make_shared<std::string>();
  auto vkeys = std::make_shared<std::vector<std::string>>();
  auto* receipt_verb = app.add_subcommand("receipt", "receipts")->require_subcommand(1)->add_subcommand("verify", "check a receipt offline");
  receipt_verb->add_option("FILE", *file)->required();
  receipt_verb->add_option("--vkey", *vkeys, "key of the log, name+id+key; may be given several times")->required();
  receipt_verb->callback([=, &chosen] { chosen = [=] { return verify_receipt_file(*file, *vkeys); }; });

  auto place = std::make_shared<std::string>();
  auto vkey = std::make_shared<std::string>();
  auto* log_verb = app.add_subcommand("log", "the evidence log")->require_subcommand(1)->add_subcommand("verify", "recompute a whole log from its entries");
  log_verb->add_option("PLACE", *place, "folder or http:// address of a log")->required();
  log_verb->add_option("--vkey", *vkey)->required();
  log_verb->callback([=, &chosen] {
    chosen = [=] {
      return place->starts_with("http://") ? print_log_report(verify_remote_log(*place, tlog::parse_vkey(*vkey))) : verify_log_folder(*place, *vkey);
    };
  });
}

int run_verb(int argc, char** argv) {
  CLI::App app("Jingwei 经纬: a node that joins the innovation, industry, capital and talent chains of a region");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("jingwei ") + JINGWEI_VERSION);
  Chosen chosen;
  for (const auto add : {add_init, add_serve, add_backup, add_restore, add_check_and_openapi, add_token, add_sql, add_eval, add_feedback, add_round, add_lexicon, add_plan,
                         add_policy, add_appraisal, add_verify})
    add(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong);
  }
  return chosen();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  // Logs go to stderr: stdout is for what a verb answers.
  spdlog::set_default_logger(spdlog::stderr_color_mt("jingwei"));
  try {
    return run_verb(argc, argv);
  } catch (const Rejected& rejected) {
    std::cerr << "jingwei: " << sentence(rejected.message()) << "\n";
    for (const auto& problem : rejected.problems())
      std::cerr << "  " << (problem.row ? std::to_string(*problem.row) + ": " : "") << problem.field << ": " << sentence(problem.reason) << "; "
                << sentence(problem.remedy) << "\n";
    return kRefused;
  } catch (const http::PortBusy& busy) {
    std::cerr << "jingwei: "
              << sentence({fmt::format("端口 {} 已被占用；换一个：--port {}", busy.port(), busy.port() + 1),
                           fmt::format("port {} is in use; choose another: --port {}", busy.port(), busy.port() + 1)})
              << "\n";
    return kRefused;
  } catch (const std::exception& failed) {
    std::cerr << "jingwei: " << failed.what() << "\n";
    return kRefused;
  }
}

}  // namespace jingwei::node
