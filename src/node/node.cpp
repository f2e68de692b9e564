// Wiring: what is made when, and stopped in the reverse order.
//
//   lock -> key -> database -> writer -> log -> log keeper -> match engine -> analytics -> import jobs -> models -> rounds -> server
#include "node/node.h"

#include <spdlog/spdlog.h>

#include "api/policies.h"
#include "http/static_files.h"
#include "io/file.h"
#include "node/internal/atlas_keeper.h"
#include "node/internal/figure_keeper.h"
#include "node/internal/match_feeder.h"
#include "node/internal/meaning_keeper.h"
#include "node/internal/model_settings.h"
#include "node/internal/policy_keeper.h"
#include "node/internal/round_runner.h"
#include "node/internal/split_adviser.h"
#include "steering/steering.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kReadersMax = 12;               ///< connections for reading
constexpr int kMaintenanceEveryMs = 60'000;
constexpr std::size_t kExpirePerRound = 500;          ///< entries in one command

/// Runs a task at start and every minute until stopped.
class Maintenance {
 public:
  explicit Maintenance(std::function<void()> task) : task_(std::move(task)), thread_([this] { loop(); }) {}
  ~Maintenance() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

 private:
  void loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      try {
        task_();
      } catch (const std::exception& failed) {
        spdlog::error("maintenance: {}", failed.what());
      }
      lock.lock();
      changed_.wait_for(lock, std::chrono::milliseconds(kMaintenanceEveryMs), [&] { return stopping_; });
    }
  }

  std::function<void()> task_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  ///< guarded by mutex_
  std::thread thread_;
};

std::string vkey_of(const Settings& settings, const crypto::KeyPair& key) {
  return tlog::format_vkey(tlog::make_verifier_key(settings.origin, tlog::KeyType::ed25519, key.public_key()));
}

/// All replicas on one database sign with one key, or their logs would differ.
void require_same_key(const store::Database& database, const std::string& vkey) {
  const auto known = database.connect(true)->query_text("SELECT value FROM meta WHERE name = 'vkey'");
  if (known && *known != vkey)
    throw Rejected(Code::invalid, {"数据库属于另一把节点密钥（" + *known + "）。每个副本都要用同一个 keys/node.key 和 origin",
                                   "The database belongs to another node key (" + *known + "). Every replica needs the same keys/node.key and origin"});
}

http::ServerOptions server_options(const ServeOptions& options) {
  http::ServerOptions server;
  server.address = options.address;
  server.port = options.port;
  server.io_threads = options.io_threads;
  server.headers = api::security_headers();
  server.on_rejected = api::problem_of;
  return server;
}

std::unique_ptr<store::Database> open_own_database(const ServeOptions& options, const Settings& settings, const crypto::KeyPair& key) {
  auto database = open_database(options.data, settings, options.store, false);
  require_same_key(*database, vkey_of(settings, key));
  return database;
}

/// Clauses of support are a region's own: its support.yaml in the data folder stands for the one that ships, which knows no figures.
plan::Rules plan_rules(const std::filesystem::path& data) {
  const auto shipped = program_folder() / "src/plan";
  const auto own = data / "support.yaml";
  return plan::Rules::parse(io::read_file(shipped / "durations.yaml"), io::read_file(io::file_exists(own) ? own : shipped / "support.yaml"));
}

/// The log's folder, made if it is not there: after `jingwei restore` a data folder has key and settings only.
std::filesystem::path log_place(const std::filesystem::path& data) {
  io::make_folders(data / "log");
  return data / "log";
}

std::unique_ptr<tlog::TileLog> open_log(io::Folder& folder, const Settings& settings, const crypto::KeyPair& key) {
  // A replica's folder, or one whose log was lost, starts empty and is filled from the database: same leaves, same tiles.
  if (!tlog::TileLog::exists(folder)) tlog::TileLog::create(folder, settings.origin, key);
  return tlog::TileLog::open(folder, settings.origin, key);
}

}  // namespace

struct Node::Parts {
  explicit Parts(const ServeOptions& options)
      : settings(read_settings(options.data)),
        model_settings(read_model_settings(options.data)),
        lock(options.data / "lock"),
        key(read_key(options.data)),
        database(open_own_database(options, settings, key)),
        definitions(registry::Definitions::load(program_folder() / "registers")),
        policies(policy::Book::load(program_folder() / "policies", definitions, options.data / "policies")),
        appraisals(policy::Appraisals::load(program_folder() / "policies/appraisals", definitions, options.data / "policies/appraisals")),
        engine(match::Engine::load(match::Files::below(program_folder()))),
        writer(*database, clock, random, signal, {.batch_commands_max = options.batch_commands_max, .seal_threads = std::max(1U, std::thread::hardware_concurrency())}),
        readers(*database, kReadersMax),
        log_folder(log_place(options.data)),
        log(open_log(log_folder, settings, key)),
        log_keeper(*database, signal, *log, clock),
        issuer(settings.origin, key),
        registry(definitions, issuer),
        deals(registry, issuer),
        feedback(registry),
        digests(registry),
        steering(registry, issuer),
        accounts(crypto::PasswordHasher()),
        sessions(readers),
        imports(registry, writer, readers),
        feeder(*database, signal, definitions, *engine, options.data / "match.index"),
        analytics(*database, signal, definitions, {.file = options.data / "analytics.duckdb"}),
        atlas(readers, registry),
        segment_ways(*database, signal, atlas, *engine, feed_seq()),
        policy_keeper(readers, registry, policies, clock),
        figures({analytics, steering, writer, readers, clock}),
        account_watch(*database, signal, "sessions", feed_seq(), [this](store::Connection&, std::span<const store::FeedRecord> records) {
          for (const auto& record : records)
            if (record.kind == "account") sessions.account_changed(record.subject);
        }),
        rounds({writer, readers, clock, random, registry, *engine, digests, models().meaning}, digest::parse_time_of_day(settings.round_at)),
        server(server_options(options)) {
    if (model_settings.embeddings)
      meanings = std::make_unique<MeaningKeeper>(*model_settings.embeddings, *database, signal, definitions, *engine, clock, options.data / "meanings.vectors");
    if (model_settings.chat)
      splits = std::make_unique<SplitAdviser>(*model_settings.chat, *database, signal, writer, definitions, deals, *engine, clock);
  }

  std::int64_t feed_seq() { return readers.borrow()->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0); }

  Settings settings;
  ModelSettings model_settings;
  io::FolderLock lock;
  crypto::KeyPair key;
  io::SystemClock clock;
  io::SystemRandom random;
  std::unique_ptr<store::Database> database;
  registry::Definitions definitions;
  policy::Book policies;  ///< a region's own files stand for those that ship; before any thread begins, for a wrong file ends the start
  policy::Appraisals appraisals;  ///< likewise
  policy::KeptAppraisals kept_appraisals;
  std::unique_ptr<match::Engine> engine;
  store::FeedSignal signal;
  store::Writer writer;
  store::ReadPool readers;
  io::DiskFolder log_folder;
  std::unique_ptr<tlog::TileLog> log;
  evidence::LogKeeper log_keeper;
  evidence::Issuer issuer;
  registry::Registry registry;
  deals::Deals deals;
  feedback::Feedback feedback;
  digest::Digests digests;
  steering::Steering steering;
  identity::Accounts accounts;
  identity::SessionCache sessions;
  identity::SignInThrottle throttle;
  registry::ImportJobs imports;
  MatchFeeder feeder;
  analytics::Model analytics;
  AtlasKeeper atlas;
  SegmentWayFeeder segment_ways;
  PolicyKeeper policy_keeper;
  FigureKeeper figures;
  store::FeedFollower account_watch;
  RoundRunner rounds;
  http::Server server;
  std::unique_ptr<MeaningKeeper> meanings;  ///< none: no model is asked
  std::unique_ptr<SplitAdviser> splits;     ///< likewise
  std::unique_ptr<http::StaticFiles> web;
  std::unique_ptr<api::Services> services;
  std::unique_ptr<api::PolicyServices> policy_services;
  std::unique_ptr<Maintenance> maintenance;
  std::string openapi;

  api::NodeFacts facts(const ServeOptions& options);
  api::Models models();
  void maintain();
};

api::NodeFacts Node::Parts::facts(const ServeOptions& options) {
  std::error_code ignored;
  return {JINGWEI_VERSION, settings.origin, settings.title_zh, settings.title_en, settings.region,
          std::filesystem::absolute(options.data, ignored).string(), clock.now()};
}

api::Models Node::Parts::models() {
  return {[this](std::string_view title, std::string_view text) { return meanings ? meanings->of_need(title, text) : std::vector<float>(); },
          [this](store::Connection& reader, const registry::Entry& need) { return splits ? splits->advice(reader, need) : api::SplitAdvice{}; },
          [this] {
            std::vector<api::ModelState> states;
            if (meanings) states.push_back(meanings->state());
            if (splits) states.push_back(splits->state());
            return states;
          }};
}

void Node::Parts::maintain() {
  const std::string today = shanghai_date(clock.now());
  while (writer.run([&](store::Transaction& tx) { return registry.expire_due(tx, today, kExpirePerRound); }) == static_cast<std::int64_t>(kExpirePerRound)) {
  }
  writer.run([&](store::Transaction& tx) {
    accounts.delete_expired(tx);
    store::drop_old_answers(tx);
  });
  feeder.save();
  rounds.look();
}

Node::Node(const ServeOptions& options) : parts_(std::make_unique<Parts>(options)) {
  Parts& p = *parts_;
  p.services = std::make_unique<api::Services>(api::Services{
      p.facts(options), p.clock, p.random, p.server, *p.database, p.writer, p.readers, p.accounts, p.sessions, p.throttle, p.registry, p.imports, p.deals,
      p.feedback, p.digests, p.steering, *p.engine, p.analytics, p.issuer, *p.log,
      [&p] { return p.signal.seq(); },
      [&p] { return p.feeder.applied_seq(); },
      [&p](std::int64_t seq, int timeout_ms) { return p.feeder.wait_applied(seq, timeout_ms); },
      [&p](std::int64_t leaf, int timeout_ms) { return p.log_keeper.wait_published(leaf, timeout_ms); },
      p.rounds.holder(), [&p](const digest::Round& round) { p.rounds.run_begun(round); },
      [&p] { return p.atlas.graph(); }, atlas::parse_parameters(io::read_file(program_folder() / "src/atlas/parameters.yaml")), plan_rules(options.data), p.models(), files_of_node(options.data)});
  p.policy_services = std::make_unique<api::PolicyServices>(api::PolicyServices{
      p.policies, p.appraisals, [&p](const std::function<void(policy::Everybody&)>& use) { p.policy_keeper.with_everybody(use); },
      fusion::Indicators::parse(io::read_file(program_folder() / "src/fusion/indicators.yaml")), p.kept_appraisals});
  api::add_policy_routes(p.server.router(), *p.services, *p.policy_services);
  api::add_appraisal_routes(p.server.router(), *p.services, *p.policy_services);
  api::add_fusion_routes(p.server.router(), *p.services, *p.policy_services);
  api::add_cockpit_exports(p.server.router(), *p.services, *p.policy_services);
  api::add_routes(p.server.router(), *p.services);  // last: it serves the document of all of them
  p.openapi = api::openapi_text(p.server.router());  // here, since the router is closed once the server has started
  const auto web_folder = program_folder() / "web/dist";
  if (io::file_exists(web_folder / "index.html")) {
    p.web = std::make_unique<http::StaticFiles>(web_folder, std::vector<std::string>{"/api/", "/log/"});
    p.server.router().set_fallback([&p](const http::Request& request) { return p.web->serve(request); });
  } else {
    spdlog::warn("no web app at {}; only the API is served", web_folder.string());
  }
  p.server.start();
  p.imports.resume();
  p.figures.start();
  p.maintenance = std::make_unique<Maintenance>([&p] { p.maintain(); });
}

Node::~Node() {
  Parts& p = *parts_;
  p.analytics.end_queries();  // the server waits for their handlers
  p.server.stop();            // then: handlers await what comes below
  p.imports.stop();
  p.maintenance.reset();
  p.rounds.stop();
  p.figures.stop();
  if (p.splits) p.splits->stop();  // before the writer, which it waits for
  if (p.meanings) p.meanings->stop();
  p.writer.stop();
  p.analytics.stop();  // its threads are of low priority: nothing is served any more that could keep them waiting
  p.account_watch.stop();
  p.segment_ways.stop();
  p.log_keeper.stop();
  p.feeder.stop();
  p.feeder.save();
}

std::uint16_t Node::port() const { return parts_->server.port(); }
const api::NodeFacts& Node::facts() const { return parts_->services->node; }
const std::string& Node::openapi() const { return parts_->openapi; }
api::Services& Node::services() { return *parts_->services; }

digest::Round Node::run_round(const std::function<void(const digest::Round&)>& progress) {
  constexpr int kProgressMs = 500;
  digest::Round round = parts_->rounds.ask();
  while (round.state == digest::RoundState::running) {
    round = parts_->rounds.wait(round.id, kProgressMs);
    progress(round);
  }
  return round;
}

std::string Node::administrator_link() {
  Parts& p = *parts_;
  const auto link = p.writer.run([&](store::Transaction& tx) {
    const auto id = tx.query_text("SELECT id FROM accounts WHERE roles LIKE '%administrator%' AND disabled = 0 ORDER BY created_us, id LIMIT 1");
    if (!id) throw Rejected(Code::wrong_state, {"没有可用的管理员账号", "There is no enabled administrator"});
    return p.accounts.make_link(tx, identity::node_operator(), *id, identity::LinkUse::sign_in);
  });
  return "/signin#link=" + link.token;
}

}  // namespace jingwei::node
