// The HTTP API: one thin handler an act. Parse, authorise, call, answer; no decisions of its own.
//
//   Services    everything that handlers call, made and owned by node
//   add_routes  puts every route into the server's router; the OpenAPI document comes from what they say of themselves
//
// Every change goes through Services::writer. Answers to an Idempotency-Key are kept in the transaction of the act. Errors are
// RFC 9457 problem details; status_of() is the one table from refusals to HTTP.
#pragma once

#include <functional>
#include <string>

#include "analytics/analytics.h"
#include "atlas/atlas.h"
#include "attachments/attachments.h"
#include "deals/deals.h"
#include "digest/digest.h"
#include "evidence/evidence.h"
#include "feedback/feedback.h"
#include "http/http.h"
#include "identity/identity.h"
#include "io/clock.h"
#include "match/match.h"
#include "plan/plan.h"
#include "registry/registry.h"
#include "store/store.h"
#include "tlog/tlog.h"

namespace jingwei::steering {
class Steering;  // its header brings what a draft is; the routes that need it include it
}

namespace jingwei::api {

/// Facts about this node that do not change while it runs.
struct NodeFacts {
  std::string version;
  std::string origin;       ///< "jingwei.example/330400"
  std::string title_zh;
  std::string title_en;
  std::string region;       ///< GB/T 2260 code
  std::string data_folder;  ///< shown to administrators
  Timestamp started_at;
};

// ---- language models, when node.toml names some -------------------------------------------------------------------

enum class ModelUse { embeddings, chat };
BOOST_DESCRIBE_ENUM(ModelUse, embeddings, chat)

/// How far a model's queue is, and what last went wrong.
struct ModelState {
  ModelUse use = ModelUse::embeddings;
  std::string model;
  std::int64_t done = 0;     ///< embeddings: texts with a vector; chat: needs asked about since the start
  std::int64_t waiting = 0;
  std::int64_t refused = 0;  ///< embeddings: texts that the endpoint does not take; chat: answers that were no split of the need
  bool reading = false;      ///< still looks through the database, so that `waiting` may grow
  std::int64_t paused_seconds = 0;  ///< until the endpoint is asked again after a failure; 0: it is not left alone
  std::optional<Bilingual> last_error;
  std::optional<std::string> last_error_at;
};
BOOST_DESCRIBE_STRUCT(ModelState, (), (use, model, done, waiting, refused, reading, paused_seconds, last_error, last_error_at))

enum class AdviceState {
  off,        ///< no model is asked about this need
  waiting,    ///< it will be asked, or answers at the moment
  offered,    ///< waits for the owner
  dismissed,  ///< the owner wants none of it
  none,       ///< nothing to propose, or the owner has split the need
  refused,    ///< what the model said was no split of this need
};
BOOST_DESCRIBE_ENUM(AdviceState, off, waiting, offered, dismissed, none, refused)

/// How a language model would split a need. The owner decides.
struct SplitAdvice {
  AdviceState state = AdviceState::off;
  std::string model;                  ///< empty when off
  std::vector<std::string> problems;  ///< in the need's own words
  std::optional<Bilingual> reason;    ///< of a refusal
};
BOOST_DESCRIBE_STRUCT(SplitAdvice, (), (state, model, problems, reason))

/// What models give to handlers. None of these functions asks an endpoint; all answer at once.
struct Models {
  std::function<std::vector<float>(std::string_view title, std::string_view text)> meaning;  ///< vector of a need with these words; empty: none
  std::function<SplitAdvice(store::Connection&, const registry::Entry& need)> advice;
  std::function<std::vector<ModelState>()> state;
};

struct Services {
  NodeFacts node;
  io::Clock& clock;
  io::Random& random;
  http::Server& server;
  store::Database& database;
  store::Writer& writer;
  store::ReadPool& readers;
  identity::Accounts& accounts;
  identity::SessionCache& sessions;
  identity::SignInThrottle& throttle;
  registry::Registry& registry;
  registry::ImportJobs& imports;
  deals::Deals& deals;
  feedback::Feedback& feedback;
  digest::Digests& digests;
  steering::Steering& steering;
  match::Engine& engine;
  analytics::Model& analytics;
  evidence::Issuer& issuer;
  tlog::TileLog& log;
  std::function<std::int64_t()> feed_seq;                           ///< last commit that this process has heard of
  std::function<std::int64_t()> match_seq;                          ///< how far the match index has read the feed
  std::function<bool(std::int64_t seq, int timeout_ms)> wait_match;  ///< waits until it has read `seq`
  std::function<bool(std::int64_t leaf, int timeout_ms)> wait_log;   ///< waits until a checkpoint covers the leaf
  std::string round_holder;                                         ///< who holds the rounds that begin here (digest::Rounds::begin)
  std::function<void(const digest::Round&)> run_round;              ///< runs a round that has begun
  std::function<std::shared_ptr<const atlas::Graph>()> atlas;        ///< as the registers hold it now; call it on a worker
  std::vector<atlas::ChainThresholds> atlas_thresholds;              ///< dated
  plan::Rules plan_rules;                                            ///< durations and clauses of support
  Models models;
  attachments::Files files;                                         ///< bytes of attachments
};

/// The status of each refusal; the only place that knows.
int status_of(Code code);
/// Problem details of a refusal in the reader's language; Retry-After and the like included.
http::Response problem_of(const Rejected& rejected, const http::Request& request);
/// Content-Security-Policy and the other headers of every response (OWASP ASVS 5.0 chapter 3).
std::vector<http::Header> security_headers();

/// `services` must outlive the server.
void add_routes(http::Router& router, Services& services);
/// The document served at /api/openapi.json, indented; equal to the golden file api/openapi.json.
std::string openapi_text(const http::Router& router);

constexpr std::string_view kSessionCookie = "__Host-jingwei-session";
constexpr std::string_view kRequestHeader = "X-Jingwei-Request";  ///< on every change from a browser session, against CSRF

}  // namespace jingwei::api
