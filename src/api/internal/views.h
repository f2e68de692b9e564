// What the API answers: described types of this layer. Names outside are those of the OpenAPI document.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/internal/context.h"

namespace jingwei::api {

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next_cursor, total), (), ())
};

template <class T>
struct Items {
  std::vector<T> items;
  BOOST_DESCRIBE_CLASS(Items, (), (items), (), ())
};

struct Reference {
  std::string id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Reference, (), (id, name))

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

// ---- people -------------------------------------------------------------------------------------------------------

struct SignIn {
  std::string login;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password))

struct SignInByLink {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(SignInByLink, (), (token))

struct NewPassword {
  std::optional<std::string> old_password;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (old_password, new_password))

struct Me {
  std::string account_id;
  std::string login;
  std::string name;
  std::vector<identity::Role> roles;
  std::optional<Reference> organization;
  identity::Language language = identity::Language::zh;
  bool must_set_password = false;
};
BOOST_DESCRIBE_STRUCT(Me, (), (account_id, login, name, roles, organization, language, must_set_password))

struct AccountView : identity::Account {
  std::optional<Reference> organization;
};
BOOST_DESCRIBE_STRUCT(AccountView, (identity::Account), (organization))

struct AccountWithLink {
  AccountView account;
  std::string link;  ///< path with fragment: "/signin#link=…"
  std::string link_expires_at;
};
BOOST_DESCRIBE_STRUCT(AccountWithLink, (), (account, link, link_expires_at))

struct LinkView {
  std::string link;
  std::string link_expires_at;
};
BOOST_DESCRIBE_STRUCT(LinkView, (), (link, link_expires_at))

// ---- registers ----------------------------------------------------------------------------------------------------

struct FieldView {
  std::string id;
  Bilingual title;
  registry::FieldType type = registry::FieldType::text;
  std::optional<Bilingual> help;
  std::optional<std::string> role;
  bool required = false;
  std::optional<Bilingual> unit;
  std::optional<std::int64_t> fen_per_unit;
  std::optional<double> min;
  std::optional<double> max;
  std::optional<std::int64_t> max_length;
  std::optional<std::string> code_list;
  bool many = false;
  registry::Sensitivity sensitivity = registry::Sensitivity::open;
  bool in_table = false;
};
BOOST_DESCRIBE_STRUCT(FieldView, (), (id, title, type, help, role, required, unit, fen_per_unit, min, max, max_length, code_list, many, sensitivity, in_table))

struct RegisterView {
  std::string id;
  Bilingual title;
  Bilingual about;
  std::string chain;
  std::optional<std::string> supply_kind;
  std::vector<std::string> key;
  std::vector<FieldView> fields;
  bool may_create = false;
  std::int64_t entries_published = 0;
};
BOOST_DESCRIBE_STRUCT(RegisterView, (), (id, title, about, chain, supply_kind, key, fields, may_create, entries_published))

struct CodeView {
  std::string code;
  std::string zh;
  std::string en;
  std::optional<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(CodeView, (), (code, zh, en, chain))

struct CodeListView {
  std::string id;
  Bilingual title;
  std::vector<CodeView> codes;
};
BOOST_DESCRIBE_STRUCT(CodeListView, (), (id, title, codes))

struct RegionView {
  std::string code;
  std::string name;
  std::string full_name;
  std::optional<std::string> parent;
};
BOOST_DESCRIBE_STRUCT(RegionView, (), (code, name, full_name, parent))

struct EntryView {
  std::string id;
  std::string register_;
  std::int64_t version = 0;
  registry::EntryState state = registry::EntryState::draft;
  std::string title;
  std::optional<Reference> owner;
  std::optional<bool> owner_hidden;
  std::optional<std::string> region;
  std::optional<std::string> segment;
  json::object fields;
  std::string created_at;
  std::string updated_at;
  std::optional<std::string> published_at;
  std::vector<registry::Act> acts;
  std::optional<std::vector<evidence::StatementReference>> statements;  ///< with one entry, not in lists
};
BOOST_DESCRIBE_STRUCT(EntryView, (), (id, register_, version, state, title, owner, owner_hidden, region, segment, fields, created_at, updated_at,
                                      published_at, acts, statements))

struct EntryWrite {
  json::object fields;
  std::optional<bool> publish;
};
BOOST_DESCRIBE_STRUCT(EntryWrite, (), (fields, publish))

struct Withdrawal {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (reason))

struct EntryVersionView {
  std::int64_t version = 0;
  std::string at;
  std::optional<std::string> actor_name;
  std::string act;
  json::object fields;
};
BOOST_DESCRIBE_STRUCT(EntryVersionView, (), (version, at, actor_name, act, fields))

/// The need if the caller may see it; throws Rejected{not_found} otherwise.
registry::Entry require_need(Services& services, store::Connection& connection, const identity::Actor& actor, std::string_view id);

/// As the caller may see it, owner's name included. `connection` is for names and guests.
EntryView view_of(Services& services, store::Connection& connection, const registry::Entry& entry, const identity::Actor& actor);

// ---- matches ------------------------------------------------------------------------------------------------------

struct MatchedSupply {
  std::string id;
  std::string register_;
  std::string kind;
  std::string title;
  std::string text;
  std::optional<Reference> owner;
  std::optional<std::string> region;
  std::optional<std::string> segment;
  std::optional<std::int64_t> trl;
  std::optional<std::int64_t> amount_fen;
};
BOOST_DESCRIBE_STRUCT(MatchedSupply, (), (id, register_, kind, title, text, owner, region, segment, trl, amount_fen))

struct MatchView {
  MatchedSupply supply;
  double score = 0;
  std::map<std::string, double> parts;
  std::vector<std::int64_t> problems;
  std::vector<match::Reason> reasons;
  std::vector<Bilingual> missing;
  std::optional<feedback::FeedbackVersion> feedback;  ///< the owner's own mark; for the need's side only
  std::optional<bool> may_mark;                       ///< likewise: whether the reader may mark this supply
};
BOOST_DESCRIBE_STRUCT(MatchView, (), (supply, score, parts, problems, reasons, missing, feedback, may_mark))

/// A match with its supply; nothing when the supply has been withdrawn since the index read it, or is not for the caller.
std::optional<MatchView> view_of_match(Services& services, store::Connection& connection, const match::Item& item, const identity::Actor& actor);
using digest::need_of;

struct MatchesView {
  std::optional<std::string> need_id;
  std::int64_t feed_seq = 0;
  std::vector<deals::NeedProblem> problems;
  std::vector<MatchView> items;
};
BOOST_DESCRIBE_STRUCT(MatchesView, (), (need_id, feed_seq, problems, items))

struct ReceivedView {
  std::vector<feedback::ReceivedFeedback> items;
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
  std::vector<feedback::MarkCount> marks;
  std::vector<feedback::ReasonCount> reasons;
};
BOOST_DESCRIBE_STRUCT(ReceivedView, (), (items, next_cursor, total, marks, reasons))

struct DigestsView {
  std::vector<digest::DigestSummary> items;
  std::optional<std::string> next_cursor;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(DigestsView, (), (items, next_cursor, total))

struct DigestRead {
  bool read = true;
};
BOOST_DESCRIBE_STRUCT(DigestRead, (), (read))

struct NeedPreview {
  std::string title;
  std::string text;
  std::optional<std::string> segment;
  std::optional<std::string> region;
  std::optional<std::int64_t> budget_fen;
  std::optional<std::string> stage;
  std::optional<std::string> deadline;
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(NeedPreview, (), (title, text, segment, region, budget_fen, stage, deadline, limit))

struct ProblemText {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ProblemText, (), (text))

struct ProblemsWrite {
  std::vector<ProblemText> problems;
};
BOOST_DESCRIBE_STRUCT(ProblemsWrite, (), (problems))

// ---- evidence -----------------------------------------------------------------------------------------------------

struct StatementView {
  std::string id;
  std::int64_t index = 0;
  std::string kind;
  std::string subject;
  std::string at;
  std::string issuer;
  json::object public_;
};
BOOST_DESCRIBE_STRUCT(StatementView, (), (id, index, kind, subject, at, issuer, public_))
StatementView view_of(const evidence::Statement& statement);

struct LogView {
  std::string origin;
  std::string vkey;
  std::int64_t size = 0;
  std::string root;  ///< base64
};
BOOST_DESCRIBE_STRUCT(LogView, (), (origin, vkey, size, root))

struct ReceiptVerdictView {
  bool valid = false;
  std::vector<evidence::Check> checks;
  std::optional<StatementView> statement;
  std::optional<LogView> log;
};
BOOST_DESCRIBE_STRUCT(ReceiptVerdictView, (), (valid, checks, statement, log))

struct LogState {
  std::string origin;
  std::string vkey;
  std::int64_t size = 0;
  std::string root;
  std::optional<std::string> checkpoint_at;
  std::int64_t statements = 0;
  std::int64_t feed_seq = 0;
};
BOOST_DESCRIBE_STRUCT(LogState, (), (origin, vkey, size, root, checkpoint_at, statements, feed_seq))

// ---- the node -----------------------------------------------------------------------------------------------------

struct RegisterCount {
  std::string id;
  Bilingual title;
  std::int64_t published = 0;
};
BOOST_DESCRIBE_STRUCT(RegisterCount, (), (id, title, published))

struct NodeTitle {
  std::string origin;
  Bilingual title;
};
BOOST_DESCRIBE_STRUCT(NodeTitle, (), (origin, title))

struct Overview {
  RegionView region;
  NodeTitle node;
  std::vector<RegisterCount> registers;
  std::vector<deals::StateCount> deals;
  std::int64_t statements = 0;
  std::vector<EntryView> latest_needs;
  std::vector<EntryView> latest_supplies;
};
BOOST_DESCRIBE_STRUCT(Overview, (), (region, node, registers, deals, statements, latest_needs, latest_supplies))

struct InboxItem {
  std::string kind;
  Bilingual title;
  std::string subject_id;
  std::string url;
  std::string since;
};
BOOST_DESCRIBE_STRUCT(InboxItem, (), (kind, title, subject_id, url, since))

struct Readiness {
  bool ready = false;
  std::int64_t feed_seq = 0;
  std::int64_t match_seq = 0;
  std::int64_t log_size = 0;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (ready, feed_seq, match_seq, log_size))

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct NodeState {
  std::string version;
  std::string origin;
  RegionView region;
  std::string store;
  std::string data_folder;
  std::int64_t feed_seq = 0;
  std::int64_t match_seq = 0;
  std::int64_t match_documents = 0;
  std::int64_t memory_bytes = 0;
  std::string started_at;
};
BOOST_DESCRIBE_STRUCT(NodeState, (), (version, origin, region, store, data_folder, feed_seq, match_seq, match_documents, memory_bytes, started_at))

RegionView view_of(const Region& region);

}  // namespace jingwei::api
