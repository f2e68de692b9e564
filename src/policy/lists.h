// Whom to pay without being asked (免申即享), and what would change if a figure did.
//
//   auto everybody = read_everybody(book, registry, connection, actor, today, seq);   // again when the registers have changed
//   entitled(everybody, policy, terms, outcomes, 0, 50);                          // a page of the list, tally and reasons
//   what_if(everybody, policy, terms, tried);                                     // who gains, who loses, what it costs
#pragma once

#include <set>

#include "policy/policy.h"

namespace jingwei::policy {

constexpr std::size_t kChangesShown = 200;  ///< of those who gain or lose in a "what if"

struct Who {
  std::string id;
  std::string name;
  std::string region;
};

/// All organizations of the registers as of a commit. One user at a time.
struct Everybody {
  Companies companies;
  std::vector<Who> who;  ///< in the order of companies
  std::string today;
  std::int64_t feed_seq = 0;
};
Everybody read_everybody(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, const std::string& today,
                         std::int64_t feed_seq);

struct ListRow {
  std::string organization;
  std::string name;
  std::string region;
  Outcome outcome = Outcome::no;
  std::optional<std::int64_t> amount_fen;
  Verdict amount_state = Verdict::yes;
  std::vector<std::string> lacks;      ///< clauses that are not met
  std::vector<std::string> unknown;    ///< for which a fact is missing or odd
  std::vector<std::string> to_be_set;  ///< that wait for a figure
  bool is_new = false;                 ///< may claim, and was on no list kept before
};
BOOST_DESCRIBE_STRUCT(ListRow, (), (organization, name, region, outcome, amount_fen, amount_state, lacks, unknown, to_be_set, is_new))

struct ClauseCounts {
  std::string id;
  Bilingual required;
  std::int64_t yes = 0, no = 0, tell_us = 0, to_be_set = 0, not_computable = 0;
};
BOOST_DESCRIBE_STRUCT(ClauseCounts, (), (id, required, yes, no, tell_us, to_be_set, not_computable))

struct Entitlement {
  std::string policy;
  std::string day;
  std::int64_t feed_seq = 0;
  Tally tally;
  std::vector<ClauseCounts> clauses;
  std::vector<ListRow> items;
  std::int64_t total = 0;  ///< with the outcomes asked for
};
BOOST_DESCRIBE_STRUCT(Entitlement, (), (policy, day, feed_seq, tally, clauses, items, total))

/// `known`: organizations of the lists kept; nothing: no list was kept, and nobody is new.
Entitlement entitled(Everybody& everybody, const Policy& policy, const Terms& terms, const std::vector<Outcome>& outcomes, std::size_t offset, std::size_t limit,
                     const std::optional<std::set<std::string>>& known);
struct WhatIf {
  std::string policy;
  std::string day;
  std::vector<FigureUsed> figures;  ///< as tried
  Tally now;
  Tally then;
  std::int64_t gain = 0;   ///< organizations that could claim then and cannot now
  std::int64_t lose = 0;
  std::vector<ListRow> gains;  ///< the first kChangesShown
  std::vector<ListRow> loses;
};
BOOST_DESCRIBE_STRUCT(WhatIf, (), (policy, day, figures, now, then, gain, lose, gains, loses))

WhatIf what_if(Everybody& everybody, const Book& book, const Policy& policy, const std::string& today, const std::map<std::string, Value>& tried);
/// Figures as a form sends them. Throws Rejected{invalid} with every wrong one.
std::map<std::string, Value> figures_tried(const Book& book, const Policy& policy, const json::object& figures);

// ---- lists that are kept ------------------------------------------------------------------------------------------

constexpr std::size_t kKeptListMembersMax = 200'000;
constexpr int kNewsDays = 60;  ///< for which an organization is told that it is newly entitled

/// Who could claim a policy on a day, kept by a department. Those who were on no earlier list of it are new, and are told.
struct KeptList {
  std::string id;
  std::string policy;
  std::string day;
  std::string made_at;
  std::string made_by;
  std::int64_t members = 0;
  std::int64_t new_members = 0;
  std::int64_t amount_fen = 0;
};
BOOST_DESCRIBE_STRUCT(KeptList, (), (id, policy, day, made_at, made_by, members, new_members, amount_fen))

/// Keeps `claimants` (rows of an Entitlement with outcome claim). Throws Rejected{too_large}.
KeptList keep_list(store::Transaction& tx, const identity::Actor& actor, const Policy& policy, const std::string& day, const std::vector<ListRow>& claimants);
/// Newest first.
std::vector<KeptList> kept_lists(store::Connection& connection, std::string_view policy_id, std::size_t limit);
/// Organizations of every list kept of the policy; nothing when none was.
std::optional<std::set<std::string>> ever_listed(store::Connection& connection, std::string_view policy_id);

/// An organization is newly on a list: one line a policy for its inbox.
struct NewlyEntitled {
  std::string list_id;
  std::string policy;
  Bilingual title;
  std::string at;
};
std::vector<NewlyEntitled> newly_entitled(store::Connection& connection, std::string_view organization_id, Timestamp since);

}  // namespace jingwei::policy
